// `npm run contract`: the end of an upgrade that nobody had to stop for.

import { readConfig } from '../config.js'
import { report } from './backup/report.js'
import { entities, migrations } from './entities.js'
import { contract } from './migrate.js'

await report('收尾', async () => {
  const { databaseUrl, dataDir } = readConfig()
  const done = await contract({ url: databaseUrl, dataDir, entities, migrations })
  if (done.length === 0) return ['没有要收尾的改动。']
  return [...done.map((name) => `做完了：${name}`), '收尾完成。旧版本的程序从此不能再用这个数据库。']
})
