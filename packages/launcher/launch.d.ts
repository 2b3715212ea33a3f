/**
 * Runs a program's main function on Node 24 or newer: in this process where it is new enough, and otherwise in the
 * repository's own Node, which takes over arguments, streams and signals. Sets the exit code: 2 where neither is there.
 */
export function launch(load: () => Promise<{ readonly main: (args: readonly string[], host: NodeJS.Process) => Promise<number | undefined> }>): Promise<void>
