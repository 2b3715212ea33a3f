import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { repositoryRoot, runMigrator } from '@trivia/testkit'
import { expect, test } from 'vitest'

const file = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8')
/** All that a text has of one pattern's first group, once each. */
const found = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, group]) => group ?? ''))]
const page = file('docs/operations.md')
const units = ['trivia-bot.service', 'trivia-backup.service'] as const

test('what the units and the services start is there', () => {
  for (const unit of units) {
    const started = found(file(`deploy/systemd/${unit}`), /^ExecStart(?:Pre)?=\S+ (\S+)/gm)
    expect(started.length, unit).toBeGreaterThan(0)
    for (const program of started) expect(existsSync(join(repositoryRoot, program)), program).toBe(true)
  }
  const services = file('deploy/docker/compose.yml') + file('deploy/docker/Dockerfile')
  const programs = found(services, /((?:apps|packages)\/\w+\/bin\/\w+\.js)/g)
  expect(programs).toEqual(expect.arrayContaining(['apps/migrator/bin/migrator.js', 'apps/bot/bin/bot.js']))
  for (const program of programs) expect(existsSync(join(repositoryRoot, program)), program).toBe(true)
})

test('the bot and its backups run as the same user on the same files, as hardened', () => {
  const [bot, backup] = units.map((unit) => file(`deploy/systemd/${unit}`).split('\n').filter((line) => /^(?:User|Group|WorkingDirectory|StateDirectory\w*|Environment\w*|UMask|NoNew\w+|Private\w+|Protect\w+|Restrict(?!\w*ExitStatus)\w+|SystemCall\w+|Capability\w+|ReadWritePaths)=/.test(line)).sort())
  expect(backup).toEqual(bot)
  expect(bot).toContain('ProtectSystem=strict')
})

test('the image has every package of the workspace that its programs need', () => {
  const copied = found(file('deploy/docker/Dockerfile'), /^COPY --from=install \S+ ((?:apps|packages)\/\S+)$/gm)
  const manifest = (folder: string) => JSON.parse(file(`${folder}/package.json`)) as { name: string; dependencies?: Record<string, string> }
  const needed = copied.flatMap((folder) => Object.entries(manifest(folder).dependencies ?? {}).filter(([, version]) => version.startsWith('workspace:')).map(([name]) => name))
  expect(copied.map((folder) => manifest(folder).name)).toEqual(expect.arrayContaining([...new Set(needed)]))
})

test('every file, place and setting that the page of operations names is there', () => {
  for (const target of found(page, /\]\(([^)#:]+)(?:#[^)]*)?\)/g)) expect(existsSync(resolve(repositoryRoot, 'docs', target)), target).toBe(true)
  const anchors = found(page, /^#+ (.+)$/gm).map((title) => title.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-'))
  for (const anchor of found(page, /\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor)
  const unitsThere = readdirSync(join(repositoryRoot, 'deploy/systemd'))
  for (const unit of found(page, /\b(trivia-\w+\.(?:service|timer))\b/g)) expect(unitsThere).toContain(unit)
  for (const path of found(page, /((?:deploy|packages|apps)\/[\w/.-]+\.(?:js|yml))/g)) expect(existsSync(join(repositoryRoot, path)), path).toBe(true)
  const settings = file('.env.example')
  for (const name of found(page, /\b((?:ALERT|BACKUP|DISCORD|METRICS|DATABASE)_(?:PATH|URL|TOKEN|PORT|COMPRESS|COPY_DIR|WEBHOOK_URL))\b/g)) expect(settings).toContain(name)
  for (const code of found(page, /`([A-Z]+_[A-Z]+)`(?=[) ](?!\w*=))/g).filter((each) => !settings.includes(each) && each !== 'SCHEMA_TOO_NEW')) expect(file('docs/errors.md')).toContain(code)
})

test('every command of the migrator that the page names exists, with its flags', async () => {
  const lines = found(page, /\b(?:migrator|new) ((?:[a-z]+ )*[a-z]+(?: --?[a-z-]+(?: [\w/]+)?)*)/g).filter((line) => /^(?:backup|check|deploy|history|optimize|quarantine|recover|rehearse|report|restore|status)\b/.test(line))
  expect(lines.length).toBeGreaterThan(15)
  const commands = new Map<string, Set<string>>()
  for (const line of lines) {
    const name = /^(?:backup|quarantine) (?:drill|list|prune|restore)\b|^[a-z]+/.exec(line)?.[0] ?? ''
    const flags = commands.get(name) ?? new Set()
    for (const flag of found(line, /(--[a-z-]+)/g)) flags.add(flag)
    commands.set(name, flags)
  }
  await Promise.all([...commands].map(async ([name, flags]) => {
    const { exitCode, stdout } = await runMigrator([...name.split(' '), '--help'])
    expect(exitCode, name).toBe(0)
    for (const flag of flags) expect(stdout, `${name} ${flag}`).toContain(flag)
  }))
})
