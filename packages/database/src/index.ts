export { createPrismaClient, type ClientOptions } from './client.ts'
export { Prisma, PrismaClient } from './generated/client.ts'
