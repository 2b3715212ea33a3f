import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { isAdministrator } from '../discord/world.ts'
import { control } from '../net/api.ts'
import { attempt } from '../state/toasts.ts'
import { become, guild, locale, me, myself, refreshWorld, world } from '../state/world.ts'
import { dev } from '../state/dev.ts'
import { Rivals } from '../workshop/rivals.tsx'
import { arrowKeys } from './arrow-keys.ts'
import { Avatar } from './avatar.tsx'

const LANGUAGES = [['en-US', 'English'], ['de', 'Deutsch'], ['fr', 'Français'], ['es-ES', 'Español'], ['pt-BR', 'Português']] as const

/** Who is in this server: become one of them, or let others play. */
export function People(): JSX.Element {
  const current = guild.value
  const simulated = new Set(dev.value?.players.names)
  const known = new Set((world.value?.users ?? []).map(({ name }) => name))
  const bots = current?.members.filter(({ bot }) => bot) ?? []
  const people = current?.members.filter(({ bot, name }) => !bot && known.has(name)) ?? []
  return (
    <>
      <section>
        <h3>You are</h3>
        <ul class="people" onKeyDown={arrowKeys} aria-label="Become somebody">
          {people.map(({ id, name }) => (
            <li key={id}>
              <button type="button" class="person" aria-pressed={name === me.value} aria-label={name === me.value ? `${name}, this is you` : `Become ${name}`} onClick={() => void attempt(() => become(name))}>
                <Avatar id={id} name={name} small />
                <span class="person-name">{name}</span>
                {current !== null && isAdministrator(current, id) && <span class="tag" title="May use /admin">admin</span>}
                {simulated.has(name) && <span class="tag">simulated</span>}
                {name === me.value && <span class="tag you">you</span>}
              </button>
            </li>
          ))}
        </ul>
        <NewPerson />
        <label class="line"><span>{me.value}’s language</span>
          <select class="select small" value={locale.value} onChange={({ currentTarget }) => void attempt(() => changeLanguage(currentTarget.value))}>
            {LANGUAGES.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
          </select>
        </label>
        <a class="other-window" href={`/?as=${encodeURIComponent(people.find(({ name }) => name !== me.value && !simulated.has(name))?.name ?? 'Grace')}`} target="_blank" rel="noopener">Open a second window as somebody else ↗</a>
      </section>
      <Rivals />
      <section>
        <h3>Apps</h3>
        <ul class="people">{bots.map(({ id, name }) => <li key={id} class="person"><Avatar id={id} name={name} bot small /><span class="person-name">{name}</span><span class="badge">APP</span></li>)}</ul>
      </section>
    </>
  )
}

function NewPerson(): JSX.Element {
  const name = useSignal('')
  const add = (event: Event): void => {
    event.preventDefault()
    const wanted = name.value.trim()
    name.value = ''
    if (wanted !== '') void attempt(() => become(wanted))
  }
  return (
    <form class="new-person" onSubmit={add}>
      <input type="text" class="field-input" value={name.value} maxLength={32} placeholder="Somebody new…" aria-label="Name of somebody new" onInput={({ currentTarget }) => (name.value = currentTarget.value)} />
      <button type="submit" class="button secondary">Become</button>
    </form>
  )
}

async function changeLanguage(wanted: string): Promise<void> {
  if (myself.value === null) return
  await control.post('/user', { name: me.value, locale: wanted })
  await refreshWorld()
}
