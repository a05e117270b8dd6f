/** The processors for which there is a pause program, as Go names them. */
export type PauseArchitecture = 'amd64' | 'arm64'

/** The instructions: wait for a signal; when one was handled (none is), wait again. */
const instructions: Readonly<
  Record<PauseArchitecture, { readonly machine: number; readonly code: readonly number[] }>
> = {
  amd64: {
    machine: 62, // EM_X86_64
    code: [
      ...[0xb8, 0x22, 0x00, 0x00, 0x00], // mov eax, 34   pause()
      ...[0x0f, 0x05], //                   syscall
      ...[0xeb, 0xf7], //                   jmp to the start
    ],
  },
  arm64: {
    machine: 183, // EM_AARCH64
    // there is no pause() on arm64: ppoll(NULL, 0, NULL, NULL, 0) waits as long
    code: [
      ...[0x00, 0x00, 0x80, 0xd2], // mov x0, #0
      ...[0x01, 0x00, 0x80, 0xd2], // mov x1, #0
      ...[0x02, 0x00, 0x80, 0xd2], // mov x2, #0
      ...[0x03, 0x00, 0x80, 0xd2], // mov x3, #0
      ...[0x04, 0x00, 0x80, 0xd2], // mov x4, #0
      ...[0x28, 0x09, 0x80, 0xd2], // mov x8, #73  ppoll
      ...[0x01, 0x00, 0x00, 0xd4], // svc #0
      ...[0xf9, 0xff, 0xff, 0x17], // b to the start
    ],
  },
}

const headerSize = 64
const programHeaderSize = 56
// where the file is mapped: any page-aligned address above the lowest ones will do
const base = 0x400000n
// arm64 kernels may have pages of 64 KiB
const alignment = 0x10000n

/**
 * A static Linux program of some 150 bytes that waits until it is killed: an ELF header, one loadable segment which is
 * the whole file, and the instructions. As the first process of a container it ignores SIGTERM: stop it by SIGKILL.
 */
export function pauseProgram(architecture: PauseArchitecture): Uint8Array {
  const { machine, code } = instructions[architecture]
  const start = headerSize + programHeaderSize
  const size = start + code.length
  const file = new Uint8Array(size)
  const view = new DataView(file.buffer)
  const u16 = (at: number, value: number) => view.setUint16(at, value, true)
  const u32 = (at: number, value: number) => view.setUint32(at, value, true)
  const u64 = (at: number, value: number | bigint) => view.setBigUint64(at, BigInt(value), true)

  file.set([0x7f, 0x45, 0x4c, 0x46]) // "\x7fELF"
  file.set([2, 1, 1], 4) // 64-bit, little-endian, ELF version 1; System V ABI
  u16(16, 2) // type: executable at a fixed address
  u16(18, machine)
  u32(20, 1) // version
  u64(24, base + BigInt(start)) // entry point
  u64(32, headerSize) // where the program headers are; no sections
  u16(52, headerSize)
  u16(54, programHeaderSize)
  u16(56, 1) // one program header
  u16(58, 64) // size of a section header, of which there are none

  u32(headerSize, 1) // load
  u32(headerSize + 4, 5) // readable, executable
  u64(headerSize + 8, 0) // from the file's start
  u64(headerSize + 16, base)
  u64(headerSize + 24, base)
  u64(headerSize + 32, size) // bytes in the file
  u64(headerSize + 40, size) // bytes in memory
  u64(headerSize + 48, alignment)

  file.set(code, start)
  return file
}
