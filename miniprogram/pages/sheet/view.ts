// A service sheet in words: sections in the order in which a factory manager reads them.
import type { Output } from '../../services/api'
import { dayText, momentText } from '../../services/dates'
import { wordFor } from '../../services/words'

type Answer = Output<'project.sheet'>
type Sheet = NonNullable<Answer['sheet']>

interface Section {
  title: string
  lines: { key: string; head: string; text: string }[]
}

const numbered = (items: { head: string; text: string }[]) =>
  items.map((item, at) => ({ key: String(at), head: item.head, text: item.text }))
const plain = (texts: readonly (string | null | undefined | false)[]) =>
  numbered(texts.flatMap((text) => (text ? [{ head: '', text }] : [])))

function sectionsOf({ content }: Sheet): Section[] {
  const { project, document, times } = content
  const all: Section[] = [
    {
      title: '项目',
      lines: plain([
        project.name,
        `建设单位：${project.builder}`,
        project.code && `项目代码：${project.code}`,
        project.place && `地点：${project.place}`,
      ]),
    },
    {
      title: '要做哪种环评',
      lines: document
        ? plain([document.title, document.basis && `依据：${document.basis}`, `审批：${document.authority}`])
        : plain(['还没有判定，请问包保服务专员']),
    },
    {
      title: '要多久',
      lines: times
        ? plain([
            `我们承诺：${times.promise}`,
            `法律规定：${times.legal}`,
            times.from &&
              times.promisedOn &&
              `如果 ${dayText(times.from)}受理，最迟 ${dayText(times.promisedOn)}办完，不计时的环节除外`,
            times.isProvisional && '明年放假安排还没公布，日期先这样算',
          ])
        : [],
    },
    {
      title: '要准备什么',
      lines: numbered(content.materials.map(({ name, detail }) => ({ head: name, text: detail }))),
    },
    {
      title: '一步一步怎么走',
      lines: numbered(
        content.steps.map(({ name, who, clock, limit }) => ({
          head: name,
          text: [who, clock, limit].filter(Boolean).join(' · '),
        })),
      ),
    },
    {
      title: '可以走的快捷通道',
      lines: numbered(content.tracks.map(({ title, reason }) => ({ head: title, text: reason }))),
    },
    { title: '到哪里办', lines: numbered(content.windows.map(({ name, detail }) => ({ head: name, text: detail }))) },
    { title: '我们做什么', lines: plain([content.duty, ...content.measures.map(({ text }) => text)]) },
    { title: '专员嘱咐', lines: plain([content.note]) },
    { title: '请记住', lines: plain(content.reminders) },
  ]
  return all.filter(({ lines }) => lines.length > 0)
}

function packageOf({ content }: Sheet): Section[] {
  const { package: inside } = content
  if (!inside) return []
  const all: Section[] = [
    { title: '政策清单', lines: numbered(inside.policies.map(({ title, text }) => ({ head: title, text }))) },
    { title: '样表和示范文本', lines: numbered(inside.samples.map(({ name, note }) => ({ head: name, text: note }))) },
    { title: '常见问题', lines: numbered(inside.questions.map(({ q, a }) => ({ head: q, text: a }))) },
  ]
  return all.filter(({ lines }) => lines.length > 0)
}

export const viewOf = (sheet: Sheet) => ({
  edition: sheet.edition,
  version: sheet.version,
  number: sheet.number,
  about: `第${sheet.edition}版 · ${dayText(sheet.issuedOn)}出具`,
  isOld: !sheet.isCurrent,
  receipt: sheet.receivedAt ? `企业已确认收到（${momentText(sheet.receivedAt)}）` : '还没有确认收到',
  isReceived: sheet.receivedAt !== null,
  isDrawn: sheet.file !== null,
  sections: sectionsOf(sheet),
  package: packageOf(sheet),
  officers: sheet.content.officers,
  complaints: sheet.content.complaints,
  code: sheet.code && {
    text: sheet.code.text ?? '',
    said:
      sheet.code.state === 'valid' ? `${dayText(sheet.code.expiresOn)}前有效` : wordFor('codeStates', sheet.code.state),
  },
})
