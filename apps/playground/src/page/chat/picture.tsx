import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { Icon } from '../sides/icon.tsx'
import { ownUrl } from '../net/api.ts'

/** A picture of the local Discord; one from elsewhere is only named, for the page loads nothing from outside. */
export function Picture({ url, name, className = '' }: { url: string; name: string; className?: string }): JSX.Element {
  const own = ownUrl(url)
  const dialog = useRef<HTMLDialogElement>(null)
  const large = useSignal(false)
  if (own === null) return <p class={`elsewhere ${className}`}><Icon name="picture" size={16} /> A picture from <a href={url} target="_blank" rel="noopener noreferrer nofollow">{URL.parse(url)?.host ?? 'elsewhere'}</a></p>
  return (
    <>
      <button
        type="button" class={`picture ${className}`} aria-label={`Enlarge ${name}`}
        onClick={() => {
          large.value = true
          dialog.current?.showModal()
        }}
      >
        <img src={own} alt={name} loading="lazy" />
      </button>
      <dialog ref={dialog} class="lightbox" aria-label={name} onClick={() => dialog.current?.close()} onClose={() => (large.value = false)}>
        {large.value && <img src={own} alt={name} />}
        <button type="button" class="icon" aria-label="Close"><Icon name="close" size={18} /></button>
      </dialog>
    </>
  )
}
