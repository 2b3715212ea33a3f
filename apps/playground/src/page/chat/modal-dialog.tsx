import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Modal } from '../discord/types.ts'
import { Icon } from '../sides/icon.tsx'
import { modal, submit } from '../state/acting.ts'
import { world } from '../state/world.ts'
import { fieldsOf, ModalField } from './modal-field.tsx'
import { readForm } from './read-form.ts'

/** The form that the bot opened. */
export function ModalDialog(): JSX.Element | null {
  const open = modal.value
  return open === null ? null : <Form key={open.interactionId} open={open} />
}

function Form({ open }: { open: Modal }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const problem = useSignal<string | null>(null)
  const busy = useSignal(false)
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    dialog.current?.showModal()
    dialog.current?.querySelector<HTMLElement>('input, textarea, select')?.focus()
    return () => before?.focus()
  }, [])
  const close = (): void => void (modal.value = null)
  const send = async (form: HTMLFormElement): Promise<void> => {
    busy.value = true
    const values = await readForm(form, fieldsOf(open.raw.components).map(({ component }) => component))
    problem.value = await submit(open, values)
    busy.value = false
  }
  return (
    <dialog ref={dialog} class="modal" aria-labelledby="modal-title" onClose={close} onCancel={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send(event.currentTarget)
        }}
      >
        <header>
          <h2 id="modal-title">{open.title}</h2>
          <button type="button" class="icon" aria-label="Close" onClick={close}><Icon name="close" size={18} /></button>
        </header>
        <div class="modal-body">
          {fieldsOf(open.raw.components).map((field, index) => <ModalField key={field.component.custom_id ?? index} {...field} />)}
          {problem.value !== null && <p class="error" role="alert"><Icon name="warning" size={16} /> {problem.value}</p>}
        </div>
        <footer>
          <p>This form goes to <strong>{world.value?.application.name}</strong>.</p>
          <button type="button" class="button secondary" onClick={close}>Cancel</button>
          <button type="submit" class="button primary" aria-busy={busy.value}>Submit</button>
        </footer>
      </form>
    </dialog>
  )
}
