# A check of a NixOS configuration's units: `nix build .#checks.x86_64-linux.units`, with this as `checks.x86_64-linux.units = import ./nixos.nix {...}`.
{
  pkgs,
  # nixosConfigurations.NAME
  system,
  unitlint,
  options ? [],
}:
pkgs.runCommand "unitlint-units" {nativeBuildInputs = [unitlint];} ''
  unitlint ${pkgs.lib.escapeShellArgs options} ${system.config.environment.etc."systemd/system".source}/ > report || {
    cat report >&2
    exit 1
  }
  cp report $out
''
