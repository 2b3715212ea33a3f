import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { repositoryRoot, scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { createStructureDatabase } from './structure-database.ts'

test('pnpm studio shows ids above 2^53 as they are, and its page may talk to nobody else', async () => {
  using folder = scratchFolder()
  const connection = createStructureDatabase(folder.file('trivia.db'))
  connection.exec('INSERT INTO users (user_id, total_points) VALUES (1316101595155166816, 7)')
  connection.close()
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const studio = spawn(process.execPath, [join(repositoryRoot, 'scripts/studio/studio.ts'), '--browser', 'none', '--port', String(port)], {
    env: { PATH: process.env.PATH, HOME: folder.path, DATABASE_PATH: folder.file('trivia.db') },
    stdio: 'ignore',
  })
  try {
    const page = await untilAnswered(origin)
    expect(await page.text()).toContain('__STUDIO_CONFIG__')
    expect(page.headers.get('content-security-policy')).toBe("connect-src 'self'")
    const answer = await fetch(`${origin}/bff`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ procedure: 'query', query: { sql: 'select user_id, total_points from users', parameters: [] } }),
    })
    expect(await answer.json()).toEqual([null, [{ user_id: '1316101595155166816', total_points: 7 }]])
  } finally {
    studio.kill()
    await new Promise((resolve) => studio.once('exit', resolve))
  }
})

async function untilAnswered(url: string): Promise<Response> {
  for (let tries = 0; ; tries++) {
    try {
      return await fetch(url)
    } catch (error) {
      if (tries > 300) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port)
        else reject(new Error('No port was given.'))
      })
    })
  })
}
