import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'

/** How near to its end the log counts as read to the end, in pixels. */
const NEAR = 120

/** Keeps a log at its end while it grows, unless somebody scrolled up to read. */
export function useEndOfLog(channel: string | undefined): { log: RefObject<HTMLDivElement | null>; content: RefObject<HTMLDivElement | null> } {
  const log = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  useLayoutEffect(() => {
    atEnd.current = true
  }, [channel])
  useEffect(() => {
    const [box, inner] = [log.current, content.current]
    if (box === null || inner === null) return undefined
    const onScroll = (): void => {
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR
    }
    const follow = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight
    })
    box.addEventListener('scroll', onScroll, { passive: true })
    follow.observe(box)
    follow.observe(inner)
    return () => {
      box.removeEventListener('scroll', onScroll)
      follow.disconnect()
    }
  }, [])
  return { log, content }
}
