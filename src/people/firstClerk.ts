/** `npm run first-clerk -- --name 姓名 --phone 手机号`: the one post that nobody can yet enter through `staff.save`. */
import { parseArgs } from 'node:util'
import { v7 as uuid } from 'uuid'
import { beginAct } from '../audit/act.js'
import { create } from '../audit/trail.js'
import { readConfig } from '../config.js'
import { entities, migrations } from '../database/entities.js'
import { openDatabase } from '../database/source.js'
import { transact } from '../database/transaction.js'
import { loadKeyring } from '../encryption/keyring.js'
import { normalizePhone, phoneHash } from '../encryption/lookup.js'
import { Person } from './person.js'
import { Post } from './post.js'
import { Unit } from './unit.js'

class Refused extends Error {}

async function enter(): Promise<string> {
  const options = {
    name: { type: 'string' },
    phone: { type: 'string' },
    unit: { type: 'string', default: 'approval' },
  } as const
  const { name, phone, unit } = parseArgs({ options }).values
  if (!name || !phone || normalizePhone(phone) === undefined) {
    throw new Refused('用法：npm run first-clerk -- --name 姓名 --phone 手机号 [--unit 单位代码]')
  }
  const { databaseUrl: url, dataDir, masterKeys, keyDir } = readConfig()
  const keyring = loadKeyring({
    ...(masterKeys === undefined ? {} : { keysFromEnv: masterKeys }),
    keyDir,
    allowGenerate: false,
  })
  const ds = await openDatabase({ url, dataDir, entities, migrations, poolLimit: 2 })
  try {
    return await transact(ds, async (db) => {
      const auditKey = keyring.purposeKey('audit')
      beginAct(db, { verb: 'firstClerk', personId: null, postId: null, now: new Date(), auditKey, revised: new Set() })
      if (await db.existsBy(Post, { role: 'clerk', isActive: true }))
        throw new Refused('已经有信息员了，请由信息员在名册里添加')
      const home = await db.findOneBy(Unit, { id: unit })
      if (!home) throw new Refused(`没有单位 ${unit}`)
      const hash = phoneHash(keyring.purposeKey('lookup'), phone)
      const holder = await db.findOneBy(Person, { phoneHash: hash })
      await create(db, Post, {
        id: uuid(),
        role: 'clerk',
        unitId: home.id,
        name,
        title: null,
        phoneHash: hash,
        workPhone: null,
        personId: holder?.id ?? null,
        handles: null,
        isDuty: false,
        isActive: true,
      })
      return `${name}已登记为${home.name}的信息员，在微信里绑定手机号后生效`
    })
  } finally {
    await ds.destroy()
  }
}

enter().then(
  (done) => process.stdout.write(`${done}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = error instanceof Refused ? 2 : 1
  },
)
