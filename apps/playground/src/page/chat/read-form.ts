import { COMPONENT } from '../discord/component-types.ts'
import type { Component } from '../discord/types.ts'
import { fileBody } from './file-body.ts'

/** What was filled in, as the control API takes it: texts, lists of what was chosen, files. */
export async function readForm(form: HTMLFormElement, fields: readonly Component[]): Promise<Record<string, unknown>> {
  const data = new FormData(form)
  const values: Record<string, unknown> = {}
  for (const { type, custom_id: name } of fields) {
    if (name === undefined) continue
    const given = data.getAll(name)
    if (type === COMPONENT.textInput) values[name] = typeof given[0] === 'string' ? given[0] : ''
    else if (type === COMPONENT.fileUpload) values[name] = await Promise.all(given.filter((each) => each instanceof File && each.size > 0).map((each) => fileBody(each as File)))
    else values[name] = given.filter((each) => typeof each === 'string' && each !== '')
  }
  return values
}
