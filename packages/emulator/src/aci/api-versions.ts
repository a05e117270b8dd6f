/** What the service offers, oldest first, with the previews that official clients still ask for. */
export const ACI_VERSIONS: readonly string[] = [
  '2018-04-01',
  '2018-06-01',
  '2018-09-01',
  '2018-10-01',
  '2019-12-01',
  '2020-11-01',
  '2021-03-01',
  '2021-07-01',
  '2021-09-01',
  '2021-10-01',
  '2022-09-01',
  '2022-10-01-preview',
  '2023-05-01',
  '2024-05-01-preview',
  '2024-11-01-preview',
  '2025-09-01',
  '2026-07-01',
]

/** The version that operations' URLs name, as was recorded. */
export const OPERATION_VERSION = '2018-06-01'
