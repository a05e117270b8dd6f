import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { type PortReservation, reservePort } from '@berth/process/runner'
import type { PodAddress, PodPort } from '../backend.ts'

/** The address of one pod, which is nobody else's until it is released. */
export interface ClaimedAddress {
  readonly host: string
  /** Whether it is an address of its own; otherwise it is 127.0.0.1, and every port is mapped. */
  readonly own: boolean
  /** Makes a TCP port usable: its own number where platform and user allow that, else a free one. */
  open(port: number): Promise<PodAddress>
  address(port: PodPort): PodAddress
  release(): void
}

/** Held by the process that claims an address: the kernel gives it to one at a time, and takes it back however that process ends. */
const claimPort = 61_999
const mostTries = 50

/** Claims a loopback address: on Linux any of 127/8 is there, elsewhere 127.0.0.1 alone. */
export async function claimAddress(): Promise<ClaimedAddress> {
  for (let tries = 0; tries < mostTries; tries++) {
    const host = randomAddress()
    try {
      return claimedAddress(host, await bindClaim(host))
    } catch (error) {
      if (codeOf(error) === 'EADDRINUSE') continue
      if (codeOf(error) === 'EADDRNOTAVAIL') break
      throw error
    }
  }
  return claimedAddress('127.0.0.1', null)
}

function claimedAddress(host: string, claim: Socket | null): ClaimedAddress {
  const own = claim !== null
  const reservations = new Map<number, PortReservation>()
  const opening = new Map<number, Promise<PodAddress>>()
  const addressOf = (port: number): PodAddress => {
    const served = reservations.get(port)?.port ?? port
    return { host, port: served, mapped: served !== port }
  }

  async function reserve(port: number): Promise<PodAddress> {
    const reservation = (own ? await reserveOrNull(host, port) : null) ?? (await reservePort(host, 0))
    // Windows lets nobody else listen while the reservation stands.
    if (process.platform === 'win32') reservation.release()
    reservations.set(port, reservation)
    return addressOf(port)
  }

  return {
    host,
    own,
    open(port) {
      const opened = opening.get(port) ?? reserve(port)
      opening.set(port, opened)
      return opened
    },
    address: ({ port, protocol }) => (protocol === 'tcp' ? addressOf(port) : { host, port, mapped: false }),
    release() {
      for (const reservation of reservations.values()) reservation.release()
      claim?.close()
    },
  }
}

/** Null where this user may not serve that port, or someone serves it on every address of the machine. */
async function reserveOrNull(host: string, port: number): Promise<PortReservation | null> {
  try {
    return await reservePort(host, port)
  } catch (error) {
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EADDRINUSE') return null
    throw error
  }
}

async function bindClaim(host: string): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind({ address: host, port: claimPort, exclusive: true })
  await once(socket, 'listening')
  return socket.unref()
}

/** Of the middle of 127/8, far from what systems and people use. */
function randomAddress(): string {
  const part = (from: number, count: number) => from + Math.floor(Math.random() * count)
  return `127.${part(64, 128)}.${part(0, 256)}.${part(1, 254)}`
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
