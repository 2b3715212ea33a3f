import { type BtreePage, readBtreePage } from './btree-page.ts'
import type { PageFile } from './page-file.ts'

/** What a walk through a tree could not read. */
export interface TreeDamage {
  /** Pages that are missing, of another kind, or another tree's. */
  readonly pages: number
  readonly cells: number
}

/** Goes through a tree from its root and around what is damaged; pages that it has used are `claimed`. */
export function walkTree(file: PageFile, root: number, of: 'table' | 'index', claimed: Set<number>, onPage: (page: BtreePage, number: number) => void): TreeDamage {
  let [pages, cells] = [0, 0]
  const waiting = [root]
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    const page = number < 1 || number > file.pages || claimed.has(number) ? null : readBtreePage(file, number)
    if (page?.kind.startsWith(of) !== true) {
      pages++
      continue
    }
    claimed.add(number)
    for (const cell of page.cells) for (const further of cell.overflow) claimed.add(further)
    cells += page.broken
    onPage(page, number)
    waiting.push(...page.children.toReversed())
  }
  return { pages, cells }
}

/** The pages that SQLite has set free. They may hold rows that were deleted: nobody may take these for lost ones. */
export function freePages(file: PageFile): { readonly pages: ReadonlySet<number>; readonly whole: boolean } {
  const pages = new Set<number>()
  if (!file.hasHeader) return { pages, whole: false }
  const first = file.read(1)
  const expected = first.readUInt32BE(36)
  for (let trunk = first.readUInt32BE(32); trunk !== 0; ) {
    if (trunk > file.pages || pages.has(trunk)) return { pages, whole: false }
    pages.add(trunk)
    const bytes = file.read(trunk)
    const leaves = bytes.readUInt32BE(4)
    if (leaves > file.usable / 4 - 2) return { pages, whole: false }
    for (let index = 0; index < leaves; index++) pages.add(bytes.readUInt32BE(8 + index * 4))
    trunk = bytes.readUInt32BE(0)
  }
  return { pages, whole: pages.size === expected }
}
