/** How many items are such, of items of which all that are such come before the others. */
export function countFirst<Item>(items: readonly Item[], isSuch: (item: Item) => boolean): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    // Below `high`, and so one of the items.
    if (isSuch(items[middle] as Item)) low = middle + 1
    else high = middle
  }
  return low
}
