// Kept by `npm run facts -- release FOLDER`; do not edit.
// Address families, from systemd 247, 249, 252, 254, 255, 257, 259, 262.
// Tokens are separated by spaces. `NAME` is in every version from 247 to 262, `NAME:249-252,257-` in 249 to 252 and from 257 on.

/** Versions that have a table. */
export const familyVersions: readonly number[] = [247, 249, 252, 254, 255, 257, 259, 262]

/** Names of address families, aliases included. */
export const familyNames = 'AF_ALG AF_APPLETALK AF_ASH AF_ATMPVC AF_ATMSVC AF_AX25 AF_BLUETOOTH AF_BRIDGE AF_CAIF AF_CAN AF_DECnet AF_ECONET AF_FILE AF_IB AF_IEEE802154 AF_INET AF_INET6 AF_IPX AF_IRDA AF_ISDN AF_IUCV AF_KCM AF_KEY AF_LLC AF_LOCAL AF_MCTP:249- AF_MPLS AF_NETBEUI AF_NETLINK AF_NETROM AF_NFC AF_PACKET AF_PHONET AF_PPPOX AF_QIPCRTR AF_RDS AF_ROSE AF_ROUTE AF_RXRPC AF_SECURITY AF_SMC AF_SNA AF_TIPC AF_UNIX AF_VSOCK AF_WANPIPE AF_X25 AF_XDP'
