import { type APIApplicationCommand, ApplicationCommandType } from 'discord-api-types/v10'
import { problems } from '../../errors.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { LIMITS } from '../../limits.ts'
import type { Bus } from '../../state/bus.ts'
import type { World } from '../../state/world.ts'
import { validateCommand, validateCommands } from '../../validation/commands.ts'
import { type ApiRequest, applicationOf, bodyOf, noContent, ok, param, type Route } from '../route.ts'

/** https://docs.discord.com/developers/interactions/application-commands#endpoints */
export function commandRoutes(world: World, bus: Bus): Route[] {
  const scopeOf = (request: ApiRequest): string => request.params['guild'] ?? 'global'
  const listOf = (request: ApiRequest): APIApplicationCommand[] => {
    const application = applicationOf(request)
    if (application.id !== param(request, 'application')) throw problems.unknownApplication()
    const scope = scopeOf(request)
    if (scope !== 'global' && world.guilds.get(scope)?.members.has(application.id) !== true) throw problems.missingAccess()
    return application.commands.get(scope) ?? []
  }
  const keep = (request: ApiRequest, commands: APIApplicationCommand[]): void => {
    applicationOf(request).commands.set(scopeOf(request), commands)
    bus.emit({ type: 'commands', applicationId: applicationOf(request).id, scope: scopeOf(request) })
  }
  const oneOf = (request: ApiRequest): APIApplicationCommand => {
    const command = listOf(request).find((each) => each.id === param(request, 'command'))
    if (command === undefined) throw problems.unknownCommand()
    return command
  }
  const store = (request: ApiRequest, given: JsonObject): APIApplicationCommand => {
    const known = listOf(request).find((each) => each.name === given['name'] && each.type === (given['type'] ?? 1))
    const command = complete(given, { id: known?.id ?? world.makeId(), application_id: applicationOf(request).id, version: world.makeId(), ...(scopeOf(request) === 'global' ? {} : { guild_id: scopeOf(request) }) })
    // The version changes only with the command.
    return known !== undefined && JSON.stringify({ ...known, version: '' }) === JSON.stringify({ ...command, version: '' }) ? known : command
  }

  return ['/applications/:application/commands', '/applications/:application/guilds/:guild/commands'].flatMap((base): Route[] => {
    const common = { authorized: true, global: true, allowance: { bucket: `commands${base.includes(':guild') ? '-guild' : ''}`, requests: 5, windowMs: 4_000 } }
    return [
      { ...common, method: 'GET', pattern: base, handle: (request) => ok(listOf(request)) },
      {
        ...common, method: 'PUT', pattern: base, handle: (request) => {
          listOf(request)
          const given: unknown[] = Array.isArray(request.body) ? request.body : []
          validateCommands(given)
          const commands = given.filter(isObject).map((command) => store(request, command))
          keep(request, commands)
          return ok(commands)
        },
      },
      {
        ...common, method: 'POST', pattern: base, handle: (request) => {
          validateCommand(bodyOf(request))
          const command = store(request, bodyOf(request))
          const others = listOf(request).filter((each) => each.id !== command.id)
          const isNew = others.length === listOf(request).length
          const most = command.type === ApplicationCommandType.ChatInput ? LIMITS.command.chatInput : LIMITS.command.contextMenu
          if (others.filter((each) => each.type === command.type).length >= most) throw problems.tooManyCommands(most)
          keep(request, [...others, command])
          return ok(command, isNew ? 201 : 200)
        },
      },
      { ...common, method: 'GET', pattern: `${base}/:command`, handle: (request) => ok(oneOf(request)) },
      {
        ...common, method: 'PATCH', pattern: `${base}/:command`, handle: (request) => {
          const known = oneOf(request)
          const body = { ...known, ...bodyOf(request) }
          validateCommand(body)
          const command = { ...body, id: known.id, version: world.makeId() }
          keep(request, listOf(request).map((each) => each.id === known.id ? command : each))
          return ok(command)
        },
      },
      {
        ...common, method: 'DELETE', pattern: `${base}/:command`, handle: (request) => {
          const known = oneOf(request)
          keep(request, listOf(request).filter((each) => each.id !== known.id))
          return noContent
        },
      },
    ]
  })
}

function complete(given: JsonObject, ids: object): APIApplicationCommand {
  const defaults = { type: 1, description: '', default_member_permissions: null, nsfw: false, contexts: null, integration_types: [0], dm_permission: true }
  return { ...defaults, ...given, ...ids } as unknown as APIApplicationCommand
}
