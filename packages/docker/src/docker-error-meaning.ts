import type { BerthErrorCode } from '@berth/core'
import type { EngineError } from './engine/index.ts'

/** What a failure means, and what to do about it. */
export interface Meaning {
  readonly code: BerthErrorCode
  readonly advice?: string | undefined
  readonly retryable?: boolean | undefined
}

/** What a refused or broken call means, by the request, the status and the engine's words. */
export function meaningOf(error: EngineError, text: string): Meaning {
  if (error.status === undefined && error.code !== undefined) return connectionMeaning(error)
  if (error.path === '/images/create') return pullMeaning(text)
  if (error.path.endsWith('/start') && error.path.startsWith('/containers/')) return startMeaning(text)
  if (error.path === '/containers/create') return createMeaning(error, text)
  return (
    diskMeaning(text) ??
    portMeaning(text) ??
    (/is not running/.test(text)
      ? { code: 'conflict', advice: 'it has to run for this; restart() starts it again' }
      : { code: codeOfStatus(error.status) })
  )
}

function connectionMeaning({ code, sent }: EngineError): Meaning {
  if (code === 'EACCES' || code === 'EPERM') return { code: 'permission' }
  // The engine is not there at all: repeating at once helps nobody, save for a connection that broke.
  return { code: 'unavailable', retryable: sent || code === 'ETIMEDOUT' || code === 'EAGAIN' }
}

function createMeaning({ status }: EngineError, text: string): Meaning {
  const bind = /bind source path does not exist: (.+)$/.exec(text)
  if (bind)
    return {
      code: 'invalid-spec',
      advice: `create ${bind[1]} on the engine's machine, or correct the volume's path`,
    }
  if (/does not match the specified platform/.test(text)) {
    return {
      code: 'invalid-spec',
      advice: 'choose an image that exists for this platform, or leave architecture out',
    }
  }
  if (/no such image/i.test(text))
    return { code: 'image-pull', advice: 'it was removed while the run was being made; run it again' }
  const disk = diskMeaning(text)
  if (disk) return disk
  return { code: status === 400 || status === 404 ? 'invalid-spec' : codeOfStatus(status) }
}

/** Why a container did not start. */
export function startMeaning(text: string): Meaning {
  const special = diskMeaning(text) ?? portMeaning(text)
  if (special) return special
  const program =
    /exec: "?([^":]+)"?: (?:stat \S+: no such file|executable file not found|no such file)/.exec(text)
  if (program) {
    return {
      code: 'start-failed',
      advice: `the image has no program '${program[1]}'; correct command or args`,
    }
  }
  if (/unable to find user|no matching entries in (?:passwd|group) file/.test(text)) {
    return {
      code: 'start-failed',
      advice: "the image does not know the user; write a number, such as '1000:1000'",
    }
  }
  if (/exec: .*permission denied/.test(text)) {
    return { code: 'start-failed', advice: 'the program is not executable, or not for this user' }
  }
  return { code: 'start-failed' }
}

function pullMeaning(text: string): Meaning {
  const disk = diskMeaning(text)
  if (disk) return disk
  if (/toomanyrequests|too many requests|rate limit/i.test(text)) {
    return {
      code: 'rate-limited',
      retryable: false,
      advice: 'docker login raises the limit of most registries',
    }
  }
  if (/no matching manifest|no match for platform/i.test(text)) {
    return { code: 'image-pull', advice: 'the image does not exist for this platform' }
  }
  if (/denied|unauthorized|authentication required|no basic auth/i.test(text)) {
    return { code: 'image-pull', advice: "correct the image's name, or docker login to its registry" }
  }
  if (/manifest unknown|not found|name unknown|invalid reference/i.test(text)) {
    return { code: 'image-pull', advice: "correct the image's name or tag" }
  }
  const passes =
    /timeout|timed out|connection re(?:fused|set)|unexpected EOF|\b50[0234]\b|no such host|temporary failure/i.test(
      text,
    )
  return {
    code: 'image-pull',
    retryable: passes,
    advice: passes ? "is the image's registry reachable from the engine?" : undefined,
  }
}

function diskMeaning(text: string): Meaning | undefined {
  if (!/no space left on device|disk quota exceeded/i.test(text)) return undefined
  return {
    code: 'unavailable',
    retryable: false,
    advice: "the engine's disk is full; 'docker system df' shows by what, 'docker system prune' makes room",
  }
}

function portMeaning(text: string): Meaning | undefined {
  const taken =
    /(?:Bind for|listen (?:tcp|udp)\d?) (\S+?):? (?:failed: port is already allocated|bind: address already in use)|[Pp]orts? (?:is|are) not available/.exec(
      text,
    )
  if (!taken && !/port is already allocated|address already in use/.test(text)) return undefined
  const where = taken?.[1] === undefined ? 'a port that the spec publishes' : taken[1]
  return {
    code: 'conflict',
    advice: `${where} is taken; publish another port, or leave publish out for a free one`,
  }
}

function codeOfStatus(status: number | undefined): BerthErrorCode {
  switch (status) {
    case 400:
    case 406:
      return 'invalid-spec'
    case 401:
      return 'authentication'
    case 403:
      return 'permission'
    case 404:
      return 'not-found'
    case 409:
      return 'conflict'
    case 429:
      return 'rate-limited'
    case 501:
      return 'unsupported'
    case undefined:
    case 502:
    case 503:
    case 504:
      return 'unavailable'
    default:
      return 'internal'
  }
}
