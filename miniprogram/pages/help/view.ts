// What the form of a request offers to choose from, and what of it is sent.
import type { FileView, Input, ItemOf, Me, ProjectItem } from '../../services/api'
import { isMember } from '../../services/firms'
import { districts, districtWord } from '../../services/words'

export type Category = Input<'case.submit'>['category']
export type About = 'unit' | 'officer' | 'nobody'
type Unit = ItemOf<'unit.list'>

/** THE TEN KINDS OF REQUEST in everyday words: what it is called, when somebody would choose it, and how one might begin. */
export const categories: { code: Category; title: string; when: string; example: string; asks?: string }[] = [
  {
    code: 'procedure',
    title: '手续怎么办',
    when: '要不要办环评、排污许可，准备什么材料，多久能办完',
    example: '报告表要准备什么材料',
  },
  {
    code: 'siteSelection',
    title: '选址行不行',
    when: '看中一块地、一处厂房，想先问能不能建',
    example: '这块地能不能建喷涂车间',
  },
  {
    code: 'zoneControl',
    title: '这个位置有什么管控',
    when: '查「三线一单」，看在不在限制范围里',
    example: '厂区在不在管控单元里',
  },
  {
    code: 'industryAccess',
    title: '这个行业让不让上',
    when: '产能、工艺、设备有没有限制',
    example: '新上一条电镀线让不让',
  },
  {
    code: 'policyGuidance',
    title: '环评政策怎么理解',
    when: '该办报告书、报告表还是登记表，政策条文看不懂',
    example: '扩建办报告表还是登记表',
  },
  { code: 'assessment', title: '报告评审的事', when: '技术评估、专家意见、修改要求', example: '专家要补的监测怎么做' },
  {
    code: 'reform',
    title: '能不能更快更省',
    when: '打捆、告知承诺、绿色通道这些简化办法',
    example: '两个项目能不能打捆批',
  },
  { code: 'consultation', title: '别的事', when: '拿不准是哪一类，选这个', example: '环保验收要自己做吗' },
  {
    code: 'suggestion',
    title: '提个建议',
    when: '对办事流程、服务有好主意',
    example: '窗口中午能不能也办事',
    asks: '现在是怎样的，怎样会更好。',
  },
  {
    code: 'complaint',
    title: '我要投诉',
    when: '办得慢、态度不好、多收费、刁难；被投诉的人和单位看不到',
    example: '材料交了半个月没人回',
    asks: '什么时候、在哪里、谁、怎么回事。写得越具体，查得越快。',
  },
]

const ASKS = '什么项目、做到哪一步、卡在哪里。写得越具体，答复越快。'

/** What the empty fields say. */
export function hintsOf(code: Category | ''): { title: string; text: string } {
  const { example = '', asks = ASKS } = categories.find((one) => one.code === code) ?? {}
  return { title: example, text: asks }
}

export const titleOf = (code: Category | ''): string => categories.find((one) => one.code === code)?.title ?? ''

export interface Fields {
  category: Category | ''
  title: string
  text: string
  enterpriseId: string
  projectId: string
  guideId: string
  districtCode: string
  about: About
  aboutUnitId: string
  aboutPostId: string
  files: FileView[]
}

export const emptyFields: Fields = {
  category: '',
  title: '',
  text: '',
  enterpriseId: '',
  projectId: '',
  guideId: '',
  districtCode: '',
  about: 'nobody',
  aboutUnitId: '',
  aboutPostId: '',
  files: [],
}

export const isBegun = ({ title, text, files }: Fields): boolean =>
  title.trim() !== '' || text.trim() !== '' || files.length > 0

/** The way finder's answers end with it; whoever asked in the title wrote nothing behind it. */
const UNASKED = /\n我想问：\s*$/

/** What a complaint may be about. */
const aboutInput: Record<About, (fields: Fields) => object> = {
  unit: ({ aboutUnitId }) => (aboutUnitId ? { aboutUnitId } : {}),
  officer: ({ aboutPostId }) => (aboutPostId ? { aboutPostId } : {}),
  nobody: () => ({ aboutNobody: true }),
}

/** A project says whose it is and where. */
export function inputOf(fields: Fields): Input<'case.submit'> {
  const { category, title, text, enterpriseId, projectId, guideId, districtCode, about, files } = fields
  return {
    category: category as Category,
    title,
    text: text.replace(UNASKED, ''),
    ...(projectId ? { projectId } : { ...(enterpriseId && { enterpriseId }), ...(districtCode && { districtCode }) }),
    ...(guideId && { guideId }),
    ...(category === 'complaint' && aboutInput[about](fields)),
    fileIds: files.map(({ id }) => id),
  }
}

/** The answers of the way finder go beneath what was being written, once. */
export const withAnswers = (text: string, answers: string): string =>
  text.includes(answers) ? text : [text, answers].filter(Boolean).join('\n\n')

/** What is missing before it is worth asking the server. */
export function missing(fields: Fields): Record<string, string> {
  const { category, title, text, about, aboutUnitId, aboutPostId } = fields
  return {
    ...(!category && { category: '请选一下是哪方面的事' }),
    ...(title.trim() === '' && { title: '请用一句话说说是什么事' }),
    ...(text.trim() === '' && { text: '请写一下详细情况' }),
    ...(category === 'complaint' && about === 'unit' && !aboutUnitId && { aboutUnitId: '请选择投诉哪个单位' }),
    ...(category === 'complaint' && about === 'officer' && !aboutPostId && { aboutPostId: '请选择投诉哪一位' }),
  }
}

export interface Option {
  id: string
  name: string
}

/** In whose name. */
export const firmOptions = (me: Me): Option[] => [
  ...me.enterprises.filter(isMember).map(({ enterprise, state }) => ({
    id: enterprise.id,
    name: state === 'pending' ? `${enterprise.name}（身份核实中）` : enterprise.name,
  })),
  { id: '', name: '以个人名义' },
]

export const projectOptions = (projects: ProjectItem[], me: Me): Option[] => {
  const own = new Set(me.enterprises.filter(({ state }) => state === 'verified').map(({ enterprise }) => enterprise.id))
  const mine = projects.filter(({ enterprise }) => enterprise && own.has(enterprise.id))
  return mine.length === 0 ? [] : [{ id: '', name: '不针对哪个项目' }, ...mine.map(({ id, name }) => ({ id, name }))]
}

export function districtOptions(me: Me, enterpriseId: string): Option[] {
  const firm = me.enterprises.find(({ enterprise }) => enterprise.id === enterpriseId)
  const home = districtWord(firm?.enterprise.districtCode)
  return [
    { id: '', name: home ? `企业所在地（${home}）` : '说不准' },
    ...districts().map(({ code, name }) => ({ id: code, name })),
  ]
}

export const unitOptions = (units: Unit[]): Option[] =>
  units.filter(({ kind }) => kind !== 'group').map(({ id, name }) => ({ id, name }))

interface Handled {
  officer: { postId: string; name: string } | null
}

/** The officers the person has had to do with. */
export function officerOptions(handled: Handled[]): Option[] {
  const byId = new Map(handled.flatMap(({ officer }) => (officer ? [[officer.postId, officer.name] as const] : [])))
  return [...byId].map(([id, name]) => ({ id, name }))
}

/** What follows from the state of the person's tie to the firm. */
export function firmNote(me: Me, enterpriseId: string): string {
  const tie = me.enterprises.find(({ enterprise }) => enterprise.id === enterpriseId)
  if (tie?.state === 'pending') return '您的企业身份还在核实，核实前这件诉求只有您自己和专员看得到'
  return me.enterprises.some(isMember) ? '' : '还没有加入企业，也可以先提；加入以后，按项目直接分给您的专员'
}
