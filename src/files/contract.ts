/** A file as views show it, wherever it is attached. */
import { z } from 'zod'
import { id } from '../wire.js'

export const fileKind = z.enum(['image', 'pdf', 'word', 'excel'])

export const fileView = z.strictObject({
  id,
  name: z.string(),
  kind: fileKind,
  mime: z.string(),
  /** In bytes. */
  size: z.int(),
  /** A path of this service, good for ten minutes; null where the file is held back from the reader. */
  url: z.string().nullable(),
  /** Not yet passed by the content check or an officer. */
  isHeld: z.boolean(),
})
export type FileView = z.infer<typeof fileView>

/** As fields of a command: ids of one's own uploads. */
export const FILES_MAX = 9
export const fileIds = z.array(id).max(FILES_MAX, `最多附 ${FILES_MAX} 个文件`)
