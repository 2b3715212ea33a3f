import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Calls that can fail or be counted. Renames are links too. */
export type DiskCall = 'write' | 'sync' | 'truncate' | 'unlink' | 'rename' | 'create'

export interface DiskFault {
  /** Files, as patterns of a shell; a star also stands for slashes. */
  readonly paths: readonly string[]
  /** Which calls count. Default: write, sync and truncate. */
  readonly calls?: readonly DiskCall[]
  /** The file that counts them, shared by all processes. */
  readonly counter: string
  /** Which call fails, from 1. Default 0: none, they are only counted. */
  readonly at?: number
  /** How many calls fail from there on; 0 means all, as on a disk that stays full. Default 1. */
  readonly lasting?: number
  /** What happens: an error, or SIGKILL to the process group before the call or in the middle of the write. */
  readonly action?: 'ENOSPC' | 'EIO' | 'kill' | 'torn'
  /** A file in which all calls are written down. */
  readonly log?: string
}

const SOURCE = join(import.meta.dirname, '..', '..', 'native', 'disk-faults.c')
const LETTERS: Readonly<Record<DiskCall, string>> = { write: 'w', sync: 's', truncate: 't', unlink: 'u', rename: 'r', create: 'c' }

/** The library that lets disks fail, or why there is none on this machine. */
export type DiskFaultLibrary = { readonly path: string; readonly missing: null } | { readonly path: null; readonly missing: string }

/** Compiles the library into a folder of the test's own. */
export function compileDiskFaults(folder: string): DiskFaultLibrary {
  if (process.platform !== 'linux') return { path: null, missing: 'disk faults need Linux (LD_PRELOAD)' }
  const path = join(folder, 'disk-faults.so')
  const { error, status, stderr } = spawnSync('cc', ['-O2', '-shared', '-fPIC', '-o', path, SOURCE, '-ldl', '-lpthread'], { encoding: 'utf8' })
  if (error !== undefined) return { path: null, missing: 'disk faults need a C compiler (cc)' }
  if (status !== 0) throw new Error(`cc could not compile ${SOURCE}:\n${stderr}`)
  return { path, missing: null }
}

/** The environment in which a process has this fault. It has to be the leader of a process group of its own. */
export function diskFaultEnvironment(library: string, fault: DiskFault): Record<string, string> {
  const { paths, calls = ['write', 'sync', 'truncate'], counter, at = 0, lasting = 1, action = 'EIO', log } = fault
  return {
    LD_PRELOAD: library,
    DISK_FAULT_PATHS: paths.join(':'),
    DISK_FAULT_CALLS: calls.map((call) => LETTERS[call]).join(''),
    DISK_FAULT_COUNTER: counter,
    DISK_FAULT_AT: String(at),
    DISK_FAULT_FOR: String(lasting),
    DISK_FAULT_ACTION: action,
    ...(log === undefined ? {} : { DISK_FAULT_LOG: log }),
  }
}

/** How many calls a counter's file has counted. */
export function countedCalls(counter: string): number {
  return existsSync(counter) ? Number(readFileSync(counter).readBigInt64LE(0)) : 0
}

/** A database and what SQLite puts beside it: the paths of a fault in its publish. */
export function databaseFiles(path: string): string[] {
  return [path, `${path}-wal`, `${path}-journal`]
}
