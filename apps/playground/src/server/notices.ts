import type { Notice } from '../shared/status.ts'

/** What a developer is told after a change that cannot simply be taken over. */
export const notices = {
  schema: { id: 'schema', text: 'prisma/schema.prisma changed. The database follows with a migration:', command: 'pnpm db:new NAME', deploys: false },
  migrations: (database: string) => ({ id: 'migrations', text: 'The migrations changed. A deploy brings them into the development database:', command: `pnpm --filter migrator deploy --database ${database}`, deploys: true }),
  sandbox: { id: 'sandbox', text: 'The local Discord’s source changed. It forgets everything when it ends, so start again when it suits you:', command: 'pnpm dev', deploys: false },
  sandboxEnded: { id: 'sandbox', text: 'The local Discord ended. Start again:', command: 'pnpm dev', deploys: false },
} as const satisfies Record<string, Notice | ((database: string) => Notice)>
