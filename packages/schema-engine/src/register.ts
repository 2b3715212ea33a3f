/**
 * Imported for its side effect, as the first line of a `prisma.config.ts`:
 *
 *     import '@trivia/schema-engine/register'
 *
 * The Prisma CLI reads its config file before it looks for an engine, sends telemetry or asks for updates.
 * So what is put into the environment here is early enough for a plain `prisma migrate status`, too.
 */
import { prismaEnvironment } from './prisma-env.ts'

Object.assign(process.env, prismaEnvironment(process.env))
