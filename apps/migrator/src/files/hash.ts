import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

const BLOCK = 1024 * 1024

/** SHA-256 of a file of ours, in hex, through one block of memory. Never call it on the live database: see LiveFile. */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256')
  const block = Buffer.allocUnsafeSlow(BLOCK)
  const file = await open(path)
  try {
    while (true) {
      const { bytesRead } = await file.read(block, 0, BLOCK)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(block.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
