import type { z } from 'zod'

/** The first thing that is wrong, in words. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'it has the wrong form'
  const path = issue.path.map(String).join('.')
  return path === '' ? lowerFirst(issue.message) : `${path}: ${lowerFirst(issue.message)}`
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
