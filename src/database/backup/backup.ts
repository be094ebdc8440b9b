// `npm run backup [-- file]`: one file with the database and the stored files, made while the service runs.

import path from 'node:path'
import { readConfig } from '../../config.js'
import { backupName, makeBackup } from './make.js'
import { report } from './report.js'

await report('备份', async () => {
  const { databaseUrl, dataDir, filesS3 } = readConfig()
  const now = new Date()
  const file = path.resolve(process.argv[2] ?? path.join(dataDir, 'backups', backupName(now)))
  const manifest = await makeBackup({ url: databaseUrl, dataDir, filesS3 }, file, now)
  const { files, filesAt, rows, binlog, noBinlog } = manifest
  const sealsAt = filesAt ? '存储桶里的 digests/' : path.join(dataDir, 'digests')
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
  return [
    `备份完成：${file}`,
    `共 ${Object.keys(rows).length} 张表 ${total} 行，${filesAt ? '附件不在备份文件里' : `${files} 个附件`}。`,
    ...(filesAt ? [`附件在对象存储 ${filesAt}：请确认存储桶开启了版本控制，并另有一份复制。`] : []),
    ...(binlog ? [`时间点恢复：从 ${binlog.server} 的日志 ${binlog.file} 起，请保留全部日志。`] : []),
    ...(noBinlog ? [`只能恢复到备份这一刻，不能恢复到以后的时间点：${noBinlog}。`] : []),
    `密钥不在备份里：请把 ${path.join(dataDir, 'keys')}（或环境变量 MASTER_KEYS、INFORMER_KEYS）另外抄存，与备份分开保管。没有密钥，备份中的加密内容无法读出。`,
    `留痕的封存也不在备份里：请把 ${sealsAt} 一并抄存。恢复到别的机器时要放回去，否则留痕核对会报缺封存。`,
  ]
})
