// What may be stored and how each kind leaves again: the one table that the inspection, the re-encoding and the download share.

export type FileKind = 'image' | 'pdf' | 'word' | 'excel'

export interface FileType {
  kind: FileKind
  mime: string
  extension: string
  /** Shown in place, or saved to the device. */
  disposition: 'inline' | 'attachment'
}

export const FILE_TYPES = {
  jpeg: { kind: 'image', mime: 'image/jpeg', extension: 'jpg', disposition: 'inline' },
  png: { kind: 'image', mime: 'image/png', extension: 'png', disposition: 'inline' },
  webp: { kind: 'image', mime: 'image/webp', extension: 'webp', disposition: 'inline' },
  pdf: { kind: 'pdf', mime: 'application/pdf', extension: 'pdf', disposition: 'inline' },
  docx: {
    kind: 'word',
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extension: 'docx',
    disposition: 'attachment',
  },
  xlsx: {
    kind: 'excel',
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
    disposition: 'attachment',
  },
  doc: { kind: 'word', mime: 'application/msword', extension: 'doc', disposition: 'attachment' },
  xls: { kind: 'excel', mime: 'application/vnd.ms-excel', extension: 'xls', disposition: 'attachment' },
} as const satisfies Record<string, FileType>

export type FileTypeName = keyof typeof FILE_TYPES

/** The type stored under this mime, or undefined for one that is not ours. */
export function fileTypeOf(mime: string): FileType | undefined {
  return Object.values<FileType>(FILE_TYPES).find((type) => type.mime === mime)
}
