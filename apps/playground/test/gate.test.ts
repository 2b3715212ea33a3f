import { describe, expect, test } from 'vitest'
import { isCrossSite, isOurs } from '../src/server/gate.ts'

const asked = (host: string | undefined, origin?: string) => ({ headers: { ...(host === undefined ? {} : { host }), ...(origin === undefined ? {} : { origin }) } })

describe('the gate', () => {
  test.each([['localhost:4700'], ['127.0.0.1:4700'], ['[::1]:4700'], ['localhost:4700', 'http://localhost:4700']])('lets %s in', (host, origin?: string) => expect(isOurs(asked(host, origin))).toBe(true))

  test.each([
    ['evil.example'], ['localhost.evil.example:4700'], ['127.0.0.1.evil.example'], ['192.168.1.5:4700'], ['0.0.0.0:4700'], [undefined], [''], ['user@evil.example'],
    ['localhost:4700', 'http://evil.example'], ['localhost:4700', 'http://localhost:4701'], ['localhost:4700', 'null'], ['localhost:4700', 'http://127.0.0.1:4700'],
  ])('refuses %s from %s', (host, origin?: string) => expect(isOurs(asked(host, origin))).toBe(false))

  test('takes addresses, but no foreign names, where it was told to listen', () => {
    expect(isOurs(asked('192.168.1.5:4700'), '0.0.0.0')).toBe(true)
    expect(isOurs(asked('box.local:4700'), 'box.local')).toBe(true)
    expect(isOurs(asked('evil.example:4700'), '0.0.0.0')).toBe(false)
    expect(isOurs(asked('192.168.1.5:4700', 'http://evil.example'), '0.0.0.0')).toBe(false)
  })

  test('knows requests of other sites that have no Origin', () => {
    expect(isCrossSite({ headers: { 'sec-fetch-site': 'cross-site' } })).toBe(true)
    expect(isCrossSite({ headers: { 'sec-fetch-site': 'same-site' } })).toBe(true)
    expect(isCrossSite({ headers: { 'sec-fetch-site': 'same-origin' } })).toBe(false)
    expect(isCrossSite({ headers: {} })).toBe(false)
  })
})
