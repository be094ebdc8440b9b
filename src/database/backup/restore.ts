// `npm run restore -- file [--replace]`: puts a backup in place of the data, while no service runs.

import path from 'node:path'
import { readConfig } from '../../config.js'
import { keyOf } from '../../files/store.js'
import { BackupFailed } from './archive.js'
import { putBack } from './put-back.js'
import { report } from './report.js'

/** Of what is missing; enough to see what they have in common. */
const SHOWN = 20

await report('恢复', async () => {
  const words = process.argv.slice(2)
  const [file, ...others] = words.filter((word) => word !== '--replace')
  if (!file || others.length > 0) throw new BackupFailed('用法：npm run restore -- 备份文件 [--replace]')
  const { databaseUrl, dataDir, filesS3 } = readConfig()
  const replace = words.includes('--replace')
  const place = { url: databaseUrl, dataDir, filesS3 }
  const { manifest, replaced, missing } = await putBack(place, path.resolve(file), { replace })
  return [
    `恢复完成：${manifest.madeAt} 的备份。`,
    ...(missing.length === 0 ? [] : [`注意：有 ${missing.length} 个附件找不到或不完整，页面上会打不开：`]),
    ...missing.slice(0, SHOWN).map((hash) => `  ${keyOf(hash)}`),
    ...(missing.length > SHOWN ? ['  ……'] : []),
    ...replaced.map((where) => `原有数据另存于：${where}（确认无误后可自行删除）`),
    `备份不含密钥：请确认当时的密钥已放回 ${path.join(dataDir, 'keys')}，再启动服务。`,
  ]
})
