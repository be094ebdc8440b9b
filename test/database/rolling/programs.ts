/** This program as it is built, and a later one: a copy in which some lines say something else. */
import { cp, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { built } from '../../faults/built.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The files of both, the later one's in `folder`. */
export async function buildPrograms(folder: string): Promise<{ old: string; later: string }> {
  const old = await built()
  const later = path.join(folder, 'dist')
  const preview = path.join(old, 'preview', 'app')
  await cp(old, later, { recursive: true, filter: (file) => file !== preview })
  await cp(path.join(root, 'package.json'), path.join(folder, 'package.json'))
  for (const name of ['node_modules', 'seeds']) await symlink(path.join(root, name), path.join(folder, name))
  await alter(later)
  return { old, later }
}

async function alter(dist: string): Promise<void> {
  await cp(path.join(root, 'test', 'database', 'rolling', 'later.mjs'), path.join(dist, 'database', 'later.js'))
  await change(
    path.join(dist, 'database', 'entities.js'),
    (text) => `import { later } from './later.js'\n${text}\nmigrations.push(...later)\n`,
  )
  await change(path.join(dist, 'jobs.js'), (text) =>
    replaced(text, /export const jobs = \{/, `import { laterJobs } from './database/later.js'\n$&...laterJobs,`),
  )
  await change(
    path.join(dist, 'cases', 'caseEntry.js'),
    (text) =>
      `${text}\nColumn('varchar', { length: 20, nullable: true })(CaseEntry.prototype, 'channel')
Index('case_entry_channel', ['channel'])(CaseEntry)\n`,
  )
  await change(path.join(dist, 'cases', 'open.js'), (text) =>
    replaced(
      text,
      /insertWhole\(db, CaseEntry, \[entry\]\)/,
      "insertWhole(db, CaseEntry, [{ ...entry, channel: 'mini-program' }])",
    ),
  )
  await change(path.join(dist, 'cases', 'move.js'), (text) =>
    replaced(text, /insertWhole\(db, CaseEntry, \[\{/, "$& channel: 'mini-program',"),
  )
  await change(path.join(dist, 'people', 'session.js'), (text) =>
    replaced(text, /__decorate\(\[[^\]]*\], Session\.prototype, "createdAt", void 0\);/, ''),
  )
}

async function change(file: string, edit: (text: string) => string): Promise<void> {
  await writeFile(file, edit(await readFile(file, 'utf8')))
}

/** @throws when the text is no longer there: the later program would be this one. */
function replaced(text: string, what: RegExp, by: string): string {
  if (!what.test(text)) throw new Error(`not found: ${what}`)
  return text.replace(what, by)
}
