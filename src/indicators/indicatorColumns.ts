/** The tasks of the table as sheets: the tasks word for word, and the figures counted for them. */
import type { Export, ExportSheet, ItemOf } from '../excel/export.js'

type Task = ItemOf<'indicator.list'>
interface Figure {
  task: Task
  metric: Task['metrics'][number]
}
/** A row of either sheet. */
type Row = Task | Figure

const tasks: ExportSheet<'indicator.list', Task> = {
  name: '任务',
  rowsOf: (_call, items) => items,
  columns: [
    { key: 'no', header: '序号', kind: 'whole', width: 6, value: ({ no }) => no },
    { key: 'area', header: '领域', kind: 'text', width: 16, value: ({ area }) => area },
    { key: 'item', header: '事项', kind: 'text', width: 18, value: ({ item }) => item },
    { key: 'task', header: '任务', kind: 'prose', width: 36, value: ({ task }) => task },
    { key: 'measures', header: '措施', kind: 'prose', width: 60, value: ({ measures }) => measures.join('\n') },
    { key: 'unitText', header: '责任单位', kind: 'text', width: 24, value: ({ unitText }) => unitText },
    {
      key: 'counted',
      header: '已统计的数据',
      kind: 'prose',
      width: 40,
      value: ({ metrics, note }) =>
        metrics
          .map(({ name, value, unit }) => `${name}：${value === null ? '还没有' : `${value}${unit}`}`)
          .join('\n') || note,
    },
  ],
}

const figures: ExportSheet<'indicator.list', Figure> = {
  name: '数据',
  rowsOf: (_call, items) => items.flatMap((task) => task.metrics.map((metric) => ({ task, metric }))),
  columns: [
    { key: 'no', header: '序号', kind: 'whole', width: 6, value: ({ task }) => task.no },
    { key: 'item', header: '事项', kind: 'text', width: 24, value: ({ task }) => task.item },
    { key: 'name', header: '数据', kind: 'text', width: 36, value: ({ metric }) => metric.name },
    { key: 'value', header: '数值', kind: 'number', width: 12, value: ({ metric }) => metric.value },
    { key: 'unit', header: '单位', kind: 'text', width: 8, value: ({ metric }) => metric.unit },
    { key: 'target', header: '目标', kind: 'number', width: 10, value: ({ metric }) => metric.target ?? null },
    { key: 'isMet', header: '是否达到', kind: 'flag', width: 10, value: ({ metric }) => metric.isMet ?? null },
    {
      key: 'targetSource',
      header: '目标出处',
      kind: 'prose',
      width: 40,
      value: ({ metric }) => metric.targetSource ?? null,
    },
  ],
}

export const indicatorExport: Export<'indicator.list', Row> = {
  list: 'indicator.list',
  title: '营商环境指标任务',
  sheets: [tasks, figures] as readonly ExportSheet<'indicator.list', Row>[],
}
