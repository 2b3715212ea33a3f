/* eslint-disable @typescript-eslint/no-misused-spread, @typescript-eslint/no-base-to-string -- Discord counts code points */
import { ApiError } from '../errors.ts'
import { isObject } from '../json.ts'

interface FaultTree { [key: string]: FaultTree | { code: string; message: string }[] }

/** Collects what is wrong with a body, each fault at its path, for Discord's error 50035. */
export class Faults {
  readonly #root: FaultTree
  readonly #tree: () => FaultTree

  constructor(root: FaultTree = {}, tree: () => FaultTree = () => root) {
    this.#root = root
    this.#tree = tree
  }

  /** The faults of one part of the body. */
  at(...path: (string | number)[]): Faults {
    return new Faults(this.#root, () => path.reduce<FaultTree>((tree, key) => {
      const below = tree[key]
      if (below !== undefined && !Array.isArray(below)) return below
      const made: FaultTree = {}
      tree[key] = made
      return made
    }, this.#tree()))
  }

  /** Says that this part of the body is wrong. */
  add(code: string, message: string): void {
    const tree = this.#tree()
    const known = tree['_errors']
    if (Array.isArray(known)) known.push({ code, message })
    else tree['_errors'] = [{ code, message }]
  }

  /** Ends the request if anything is wrong. */
  throwIfAny(): void {
    if (Object.keys(this.#root).length > 0) throw new ApiError(400, 50035, 'Invalid Form Body', this.#root)
  }

  required(): void {
    this.add('BASE_TYPE_REQUIRED', 'This field is required')
  }
}

/** Text of this length; absent is fine unless required. Length is counted in code points, as Discord does. */
export function checkText(faults: Faults, value: unknown, limits: { min?: number; max: number; required?: boolean }): void {
  if (value === undefined || value === null) {
    if (limits.required === true) faults.required()
    return
  }
  if (typeof value !== 'string') {
    faults.add('STRING_TYPE_CONVERT', 'Could not interpret as string.')
    return
  }
  checkLength(faults, [...value].length, limits)
}

/** A number of items or characters. */
export function checkLength(faults: Faults, length: number, limits: { min?: number; max: number; required?: boolean }): void {
  const min = limits.min ?? 0
  if (limits.required === true && min > 0 && length === 0) faults.required()
  else if (length < min || (min > 0 && length > limits.max)) faults.add('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${limits.max} in length.`)
  else if (length > limits.max) faults.add('BASE_TYPE_MAX_LENGTH', `Must be ${limits.max} or fewer in length.`)
}

/** A whole number within bounds; absent is fine. */
export function checkNumber(faults: Faults, value: unknown, min: number, max: number): void {
  if (value === undefined || value === null) return
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    faults.add('NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`)
    return
  }
  if (value < min) faults.add('NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`)
  if (value > max) faults.add('NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`)
}

/** One of these values. */
export function checkChoice(faults: Faults, value: unknown, allowed: readonly (string | number)[]): void {
  if (value === undefined || value === null) {
    faults.required()
    return
  }
  if (!allowed.some((each) => each === value)) faults.add('BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`)
}

/** The items of a list, each with its own faults; whatever is no object is a fault. */
export function* eachObject(faults: Faults, value: unknown): Generator<[item: Readonly<Record<string, unknown>>, faults: Faults, index: number]> {
  if (value === undefined || value === null) return
  if (!Array.isArray(value)) {
    faults.add('LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType')
    return
  }
  for (const [index, item] of value.entries()) {
    const here = faults.at(index)
    if (isObject(item)) yield [item, here, index]
    else here.add('DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType')
  }
}

/** How many items a list has. */
export function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0
}
