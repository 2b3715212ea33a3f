import { PermissionFlagsBits } from 'discord.js'
import { startOpenTransaction } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { openStore } from '../../src/store/index.ts'
import { questions, stage } from '../bot-on-sandbox.ts'

const right = (labels: readonly string[]): string => labels.find((label) => label.startsWith('Right')) ?? ''

test('while somebody else holds the database everybody is answered in time, and every answer counts', async () => {
  await using play = await stage(questions(3))
  const { sandbox } = play
  const { message } = await sandbox.user('Ada').slash('/trivia play', {})
  if (message === undefined) throw new Error('no question')
  const holder = await startOpenTransaction(play.path, 'immediate')
  const released = new Promise((resolve) => setTimeout(resolve, 4_500)).then(() => holder.stop())
  const players = ['Ada', 'Bob', 'Cleo'].map((name) => sandbox.user(name))
  const clicks = await Promise.all([...players.map((player) => player.click(message, right(message.buttons))), sandbox.user('Dan').slash('/trivia play', {})])
  for (const { error, timeToFirstAnswerMs } of clicks) {
    expect(error).toBeUndefined()
    expect(timeToFirstAnswerMs).toBeLessThan(2_900)
  }
  await released
  await expect.poll(() => play.rows('SELECT count(*) AS answers, sum(points) AS points FROM answers'), { timeout: 15_000 }).toEqual([{ answers: 3, points: 10 }])
  expect(sandbox.requests.filter(({ status }) => status >= 400)).toEqual([])
})

test('two processes take the same answers at once: each counts once', async () => {
  await using play = await stage(questions(1))
  const { sandbox } = play
  await sandbox.user('Ada').slash('/trivia play', {})
  const [round] = play.rows<{ id: number; options: string; answer: string }>('SELECT r.id, r.options, q.correct_answer AS answer FROM game_rounds AS r JOIN questions AS q ON q.id = r.question_id')
  if (round === undefined) throw new Error('no round')
  const option = (JSON.parse(round.options) as string[]).indexOf(round.answer)
  const stores = [1, 2].map(() => openStore({ path: play.path, now: () => sandbox.clock.now() }))
  const calls = Array.from({ length: 20 }, (_, player) => stores.flatMap((store) => [1, 2].map(() =>
    store.call('answer', { roundId: round.id, userId: String(1_000 + player), name: `P${player}`, given: { option }, replyToken: 'x' }))))
  const results = await Promise.all(calls.flat())
  expect(results.filter(({ kind }) => kind === 'recorded')).toHaveLength(20)
  expect(results.filter((result) => result.kind === 'recorded' && result.won)).toHaveLength(1)
  expect(play.rows('SELECT sum(total_points) AS points, sum(questions_answered) AS answered FROM users')).toEqual([{ points: 10, answered: 20 }])
  await Promise.all(stores.map((store) => store.close()))
})

test('a click after the end, on an unknown round, with a made-up option or on a foreign text box is answered', async () => {
  await using play = await stage(questions(1))
  const { sandbox } = play
  const ada = sandbox.user('Ada')
  const { message } = await ada.slash('/trivia play', {})
  if (message === undefined) throw new Error('no question')
  const [round] = play.rows<{ id: number }>('SELECT id FROM game_rounds')
  const store = openStore({ path: play.path, now: () => sandbox.clock.now() })
  const ask = (given: { option: number } | { text: string }, roundId = round?.id ?? 0) => store.call('answer', { roundId, userId: '42', name: 'X', given, replyToken: 'x' })
  expect(await ask({ option: 99 })).toEqual({ kind: 'not-an-answer' })
  expect(await ask({ option: -1 })).toEqual({ kind: 'not-an-answer' })
  expect(await ask({ text: 'Right 0' })).toEqual({ kind: 'not-an-answer' })
  expect(await ask({ option: 0 }, 4711)).toEqual({ kind: 'unknown' })
  sandbox.advance(40_000)
  expect(await ask({ option: 0 })).toMatchObject({ kind: 'late' })
  await store.close()
  expect(play.rows('SELECT * FROM answers')).toEqual([])
})

test('the message is deleted, or the permission is taken away: the game goes on or ends, and nobody is stuck', async () => {
  await using play = await stage(questions(5))
  const { sandbox } = play
  const ada = sandbox.user('Ada')
  const { message } = await ada.slash('/trivia play', { rounds: 2 })
  if (message === undefined) throw new Error('no question')
  sandbox.deleteMessage(message)
  sandbox.advance(31_000)
  await sandbox.until(() => ada.messages().some(({ embeds }) => JSON.stringify(embeds).includes('Right answer')), 10_000)

  sandbox.denyBot(sandbox.channel, PermissionFlagsBits.SendMessages, PermissionFlagsBits.ViewChannel)
  // The interaction that started the game still lets the bot write.
  await expect.poll(() => {
    sandbox.advance(2_000)
    return ada.messages().some(({ embeds }) => embeds[0]?.title?.includes('Question 2') === true)
  }, { timeout: 20_000, interval: 200 }).toBe(true)
  // After its 15 minutes nothing can be said any more: the game ends, and the channel is free.
  sandbox.advance(16 * 60_000)
  await expect.poll(() => play.rows('SELECT count(*) AS open FROM running_games'), { timeout: 20_000 }).toEqual([{ open: 0 }])
  const again = await ada.slash('/trivia play', {})
  expect(again.message?.ephemeral).toBe(false)
})

test('Discord is slow, cuts the connection and refuses: the round is finished all the same', async () => {
  await using play = await stage(questions(5))
  const { sandbox } = play
  const ada = sandbox.user('Ada')
  const { message } = await ada.slash('/trivia play', { rounds: 1 })
  if (message === undefined) throw new Error('no question')
  sandbox.disconnect()
  const click = await ada.click(message, right(message.buttons))
  expect(click.error).toBeUndefined()
  sandbox.rateLimit(3, 300)
  await sandbox.until(() => JSON.stringify(message.embeds).includes('Right answer'), 15_000)
  await expect.poll(() => play.rows('SELECT count(*) AS open FROM running_games')).toEqual([{ open: 0 }])
})

test('a long question, long options and a long explanation are shown whole or cut, never refused', async () => {
  const long = (letter: string, length: number): string => letter.repeat(length)
  await using play = await stage([
    { text: `${long('Q*', 1900)}?`, answer: long('a', 120), options: [long('a', 120), long('b', 300), long('<c>', 100), 'd'], explanation: long('e_', 4000) },
  ])
  const { sandbox } = play
  const ada = sandbox.user('Ada')
  const { message, error } = await ada.slash('/trivia play', { who: 'solo' })
  expect(error).toBeUndefined()
  if (message === undefined) throw new Error('no question')
  expect(message.buttons).toEqual(['A', 'B', 'C', 'D'])
  await ada.click(message, 'A')
  expect(JSON.stringify(message.embeds)).toContain('Right answer')
  expect(sandbox.requests.filter(({ status }) => status >= 400)).toEqual([])
})

test('sixty players want their pictures at once: they and everybody else are answered in time', async () => {
  await using play = await stage(questions(70))
  const { sandbox } = play
  const players = Array.from({ length: 60 }, (_, index) => sandbox.user(`P${index}`))
  const { message } = await players[0]!.slash('/trivia play', {})
  await Promise.all(players.map((player) => player.click(message!, message!.buttons.find((label) => label.startsWith('Wrong')) ?? '')))
  const reports = players.map((player) => player.slash('/trivia report', {}))
  const clicks = [sandbox.user('Late').click(message!, right(message!.buttons)), sandbox.user('Rank').slash('/trivia leaderboard', {})]
  const answers = await Promise.all([...reports, ...clicks])
  for (const { error, timeToFirstAnswerMs } of answers) {
    expect(error).toBeUndefined()
    expect(timeToFirstAnswerMs).toBeLessThan(2_900)
  }
})
