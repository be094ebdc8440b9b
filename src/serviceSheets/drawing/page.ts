/** The sheet on paper: one sober A4 page of labelled rows (more where they do not fit), then the package on pages of its own. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import PDFDocument from 'pdfkit'
import type { SheetContent } from '../contract.js'

export interface PageOrder {
  number: string
  edition: number
  issuedOn: string
  content: SheetContent
  code: { text: string; expiresOn: string }
  /** PNG or JPEG of the mini-program code; without it the letters alone are printed. */
  codeImage: Uint8Array | null
}

type Doc = PDFKit.PDFDocument
interface Row {
  label: string
  text: string
}

const fonts = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts')
const MARGIN = 42
const LABEL = 74
const PADDING = 5
const CODE = 92
const INK = '#1f2924'
const GREY = '#5b6660'
const LINE = '#c9d1cc'
const FILL = '#f1f4f2'
const TITLE = '建设项目环评审批服务单'
/** In points: the largest at which everything stands on one page, or the first where it never does. */
const SIZES = [9.5, 9, 8.5, 8, 7.5, 7, 6.5] as const

/** PDF 1.3 and later, fonts embedded, text that can be searched and copied. */
export async function drawSheet(order: PageOrder): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: `${TITLE} ${order.number}`, Author: '沈阳市生态环境局', Subject: order.content.project.name },
  })
  doc.registerFont('regular', join(fonts, 'NotoSansHans-Regular.otf'))
  doc.registerFont('bold', join(fonts, 'NotoSansHans-Bold.otf'))
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks))).on('error', reject)
  })
  frontPage(doc, order)
  if (order.content.package) packagePages(doc, order.content.package)
  doc.end()
  return done
}

function frontPage(doc: Doc, order: PageOrder): void {
  const { number, edition, issuedOn, content } = order
  const width = doc.page.width - 2 * MARGIN
  doc.font('bold').fontSize(18).fillColor(INK).text(TITLE, MARGIN, MARGIN, { width, align: 'center' })
  doc
    .font('regular')
    .fontSize(9)
    .fillColor(GREY)
    .text(`编号 ${number}　第${edition}版　出具日期 ${issuedOn}`, MARGIN, doc.y + 4, { width, align: 'center' })
  const top = doc.y + 8
  const foot = doc.page.height - MARGIN - CODE - 8
  const rows = rowsOf(content)
  const size = SIZES.find((one) => top + heightOf(doc, rows, one, width) <= foot) ?? SIZES[0]
  table(doc, rows, size, { top, foot, width })
  footer(doc, order, foot + 8, width)
}

/** What has nothing to say has no row. */
function rowsOf(content: SheetContent): Row[] {
  const { project, document, times } = content
  const lines = (...all: (string | null | undefined | false)[]) => all.filter((line) => !!line).join('\n')
  const list = (items: readonly string[]) => items.map((item, at) => `${at + 1}. ${item}`).join('\n')
  return [
    {
      label: '项目',
      text: lines(
        project.name,
        `建设单位：${project.builder}`,
        project.code && `项目代码：${project.code}`,
        project.place && `地点：${project.place}`,
        project.scale && `内容和规模：${shortened(project.scale.replace(/\s+/g, ' '), 160)}`,
      ),
    },
    {
      label: '环评文件',
      text: document
        ? lines(document.title, document.basis && `依据：${document.basis}`, `审批：${document.authority}`)
        : '还没有判定要做哪种环评文件，请联系包保服务专员',
    },
    {
      label: '办理窗口',
      text: content.windows.map(({ name, detail }) => (detail === '' ? name : `${name}：${detail}`)).join('\n'),
    },
    { label: '材料', text: list(content.materials.map(({ name, detail }) => `${name}（${detail}）`)) },
    {
      label: '时限',
      text: times
        ? lines(
            `承诺 ${times.promise}；法定 ${times.legal}`,
            times.from &&
              times.promisedOn &&
              `如 ${times.from} 受理，最迟 ${times.promisedOn} 作出决定（不计时的环节除外${
                times.isProvisional ? '；放假安排公布前暂按此算' : ''
              }）`,
          )
        : '',
    },
    {
      label: '流程',
      text: list(
        content.steps.map(
          ({ name, who, clock, limit }) => `${name}（${[who, clock, limit].filter(Boolean).join('，')}）`,
        ),
      ),
    },
    { label: '快捷通道', text: list(content.tracks.map(({ title, reason }) => `${title}：${reason}`)) },
    { label: '服务措施', text: lines(`${content.duty}`, list(content.measures.map(({ text }) => text))) },
    {
      label: '联系人',
      text: content.officers
        .map(({ place, name, title, unit, phone }) =>
          name === null
            ? `${place}：待指定`
            : `${place}：${name}${about([unit, title])}　电话 ${phone ?? '以窗口公布为准'}`,
        )
        .join('\n'),
    },
    { label: '专员嘱咐', text: content.note ?? '' },
    {
      label: '监督投诉',
      text: lines(content.complaints.map(({ name, phone }) => `${name} ${phone}`).join('　'), ...content.reminders),
    },
  ].filter(({ text }) => text !== '')
}

const about = (parts: readonly (string | null)[]) => {
  const known = parts.filter((part) => part !== null)
  return known.length === 0 ? '' : `（${known.join(' ')}）`
}
const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

const GAP = 1.5
const inner = (width: number) => width - LABEL - 2 * PADDING

function rowHeight(doc: Doc, { text }: Row, size: number, width: number): number {
  doc.font('regular').fontSize(size)
  return doc.heightOfString(text, { width: inner(width), lineGap: GAP }) + 2 * PADDING
}

const heightOf = (doc: Doc, rows: readonly Row[], size: number, width: number): number =>
  rows.reduce((sum, row) => sum + rowHeight(doc, row, size, width), 0)

interface Room {
  top: number
  /** What stands below is the code's, on the last page. */
  foot: number
  width: number
}

function table(doc: Doc, rows: readonly Row[], size: number, { top, foot, width }: Room): void {
  const heightFor = (row: Row) => rowHeight(doc, row, size, width)
  let y = top
  for (const whole of rows) {
    // Only what no page holds is parted; all else stands together.
    const parts = MARGIN + heightFor(whole) > foot ? linesOf(whole) : [whole]
    while (parts.length > 0) {
      let row = parts.shift() as Row
      if (y + heightFor(row) > foot && y > MARGIN) {
        doc.addPage()
        y = MARGIN
      }
      for (let next = parts[0]; next; next = parts[0]) {
        const joined = { ...row, text: `${row.text}\n${next.text}` }
        if (y + heightFor(joined) > foot) break
        row = joined
        parts.shift()
      }
      drawRow(doc, row, size, y, width)
      y += heightFor(row)
    }
  }
}

const linesOf = (row: Row): Row[] => row.text.split('\n').map((text) => ({ ...row, text }))

function drawRow(doc: Doc, row: Row, size: number, y: number, width: number): void {
  const height = rowHeight(doc, row, size, width)
  doc.rect(MARGIN, y, LABEL, height).fill(FILL)
  doc.lineWidth(0.6).strokeColor(LINE).rect(MARGIN, y, width, height).stroke()
  doc.font('bold').fontSize(size).fillColor(INK)
  doc.text(row.label, MARGIN + PADDING, y + PADDING, { width: LABEL - 2 * PADDING, lineGap: GAP })
  doc.font('regular').fontSize(size).fillColor(INK)
  doc.text(row.text, MARGIN + LABEL + PADDING, y + PADDING, { width: inner(width), lineGap: GAP })
}

function footer(doc: Doc, { code, codeImage }: PageOrder, top: number, width: number): void {
  const hasImage = codeImage !== null && isPlaced(doc, codeImage, top)
  const x = hasImage ? MARGIN + CODE + 14 : MARGIN
  const room = width - (x - MARGIN)
  doc
    .font('bold')
    .fontSize(11)
    .fillColor(INK)
    .text('绑定项目，进度、专员、服务随时看', x, top + 4, { width: room })
  doc.font('regular').fontSize(9).fillColor(INK)
  doc.text(
    `${hasImage ? '用微信扫左边的小程序码，或者' : ''}打开小程序「沈环帮办」→ 项目 → 绑定项目，输入编码 ${code.text}。包保服务专员确认后生效；编码 ${code.expiresOn} 前有效，请勿给外人。`,
    x,
    doc.y + 3,
    { width: room, lineGap: 2 },
  )
  doc
    .fillColor(GREY)
    .text('收到请在小程序里点「确认收到」。标「以窗口公布为准」的，以窗口公布的为准。', x, doc.y + 3, { width: room })
}

/** A picture that cannot be read is left out: the letters beside it say the same. */
function isPlaced(doc: Doc, image: Uint8Array, top: number): boolean {
  try {
    doc.image(Buffer.from(image), MARGIN, top, { fit: [CODE, CODE] })
    return true
  } catch {
    return false
  }
}

function packagePages(doc: Doc, { policies, samples, questions }: NonNullable<SheetContent['package']>): void {
  doc.addPage()
  const width = doc.page.width - 2 * MARGIN
  doc.font('bold').fontSize(16).fillColor(INK).text('服务包', { width, align: 'center' })
  const part = (title: string) => doc.moveDown(0.8).font('bold').fontSize(12).fillColor(INK).text(title).moveDown(0.2)
  const item = (head: string, text: string, source?: string) => {
    doc.font('bold').fontSize(9.5).fillColor(INK).text(head, { width, lineGap: GAP })
    doc.font('regular').text(text, { width, lineGap: GAP })
    if (source !== undefined) doc.fontSize(8).fillColor(GREY).text(`来源：${source}`, { width })
    doc.moveDown(0.4)
  }
  part('政策清单')
  for (const { title, text, source } of policies) item(title, text, source)
  if (samples.length > 0) part('样表和示范文本')
  for (const { name, note } of samples) item(name, note)
  if (questions.length > 0) part('常见问题')
  for (const { q, a } of questions) item(q, a)
}
