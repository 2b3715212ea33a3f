/** The script's side: says that it has begun, and answers until it is told to stop. Returns whether it should. */
export function answering(report: () => object, atEnd: () => void = () => {}): { readonly stopped: () => boolean } {
  let stopped = false
  process.on('message', (question) => {
    if (question === 'stop') {
      stopped = true
      atEnd()
      process.send?.(report(), () => process.exit(0))
    } else process.send?.(report())
  })
  process.once('disconnect', () => process.exit(0))
  process.send?.('begun')
  return { stopped: () => stopped }
}

/** What a script was told on its command line. */
export function input(): unknown {
  return JSON.parse(process.argv[2] ?? '{}')
}
