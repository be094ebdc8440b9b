/** promtool reads the alert file and lets each alert fire on what it is for, and on a quiet day none. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axios from 'axios'
import { freePort } from '../freePort.js'
import { databaseNames } from '../databases.js'
import { world } from '../world.js'

const deploy = (name: string) => fileURLToPath(new URL(`../../src/deploy/${name}`, import.meta.url))
const ALERTS = deploy('prometheus-alerts.yml')

type Series = Record<string, string>

const one = 'job="shenhuan",instance="a"'
const other = 'job="shenhuan",instance="b"'

/** Two processes, minute by minute for three hours, in promtool's notation: first value, step, how often. */
const quiet: Series = {
  [`up{${one}}`]: '1x180',
  [`up{${other}}`]: '1x180',
  [`shenhuan_database_up{${one}}`]: '1x180',
  [`shenhuan_full{${one}}`]: '0x180',
  [`shenhuan_disk_free_bytes{${one}}`]: '50000000000x180',
  [`shenhuan_answers_total{${one},verb="case.list",status="2xx"}`]: '0+600x180',
  [`shenhuan_answers_total{${one},verb="case.list",status="5xx"}`]: '0x180',
  [`shenhuan_request_seconds_bucket{${one},verb="case.list",le="2"}`]: '0+600x180',
  [`shenhuan_request_seconds_count{${one},verb="case.list"}`]: '0+600x180',
  [`shenhuan_database_connections{${one},state="waiting"}`]: '0x180',
  [`nodejs_eventloop_lag_p99_seconds{${one}}`]: '0.02x180',
  [`shenhuan_transaction_failures_total{${one},reason="1213"}`]: '0x180',
  [`shenhuan_transaction_retries_total{${one},reason="1213"}`]: '0+2x180',
  [`shenhuan_database_standing_changes_total{${one},node="db1:3306",standing="away"}`]: '0x60 1x120',
  [`shenhuan_job_oldest_wait_seconds{${one}}`]: '3x180',
  [`shenhuan_jobs{${one},state="dead"}`]: '2x180',
  [`shenhuan_messages_total{${one},outcome="uncertain"}`]: '0x180',
  [`shenhuan_messages_total{${one},outcome="failed"}`]: '0x180',
  [`shenhuan_backup_timestamp_seconds{${one}}`]: '0x180',
  [`shenhuan_digest_timestamp_seconds{${one}}`]: '0x180',
  [`shenhuan_calendar_announced{${one},year="1971"}`]: '0x180',
  [`shenhuan_clock_set_seconds{${one}}`]: '-0.3x180',
  [`shenhuan_payout_balance_low{${one}}`]: '0x180',
  [`shenhuan_payout_oldest_seconds{${one}}`]: '0+60x180',
  [`shenhuan_reconciliation_open{${one}}`]: '0x180',
}

interface Trial {
  alert: string
  /** Instead of the quiet day's; an empty text takes the series away. */
  series: Series
  /** When it is looked for, in minutes. */
  at?: number
  /** Minutes between two samples. */
  step?: number
}

/** Time begins with the year 1970. */
const december = 345 * 24 * 60

const trials: Trial[] = [
  { alert: '进程没有回应', series: { [`up{${other}}`]: '0x180' } },
  { alert: '数据库不通', series: { [`shenhuan_database_up{${one}}`]: '0x180' } },
  { alert: '写不进去', series: { [`shenhuan_full{${one}}`]: '1x180' } },
  { alert: '磁盘快满', series: { [`shenhuan_disk_free_bytes{${one}}`]: '4000000000x180' } },
  {
    alert: '出错的请求太多',
    series: { [`shenhuan_answers_total{${one},verb="case.list",status="5xx"}`]: '0+12x180' },
  },
  { alert: '回应太慢', series: { [`shenhuan_request_seconds_bucket{${one},verb="case.list",le="2"}`]: '0+540x180' } },
  { alert: '连接不够用', series: { [`shenhuan_database_connections{${one},state="waiting"}`]: '80x180' } },
  { alert: '进程太忙', series: { [`nodejs_eventloop_lag_p99_seconds{${one}}`]: '0.8x180' } },
  { alert: '提交没有结果', series: { [`shenhuan_transaction_failures_total{${one},reason="1213"}`]: '0+2x180' } },
  { alert: '互相等待太多', series: { [`shenhuan_transaction_retries_total{${one},reason="1213"}`]: '0+90x180' } },
  {
    alert: '数据库节点在换',
    series: { [`shenhuan_database_standing_changes_total{${one},node="db1:3306",standing="away"}`]: '0+1x180' },
  },
  { alert: '后台事项停了', series: { [`shenhuan_job_oldest_wait_seconds{${one}}`]: '0+60x180' } },
  { alert: '后台事项失败', series: { [`shenhuan_jobs{${one},state="dead"}`]: '0x60 1x120' } },
  { alert: '微信消息没有下文', series: { [`shenhuan_messages_total{${one},outcome="uncertain"}`]: '0+1x180' } },
  { alert: '微信拒收', series: { [`shenhuan_messages_total{${one},outcome="failed"}`]: '0+1x180' } },
  { alert: '奖励账户余额不足', series: { [`shenhuan_payout_balance_low{${one}}`]: '1x180' } },
  { alert: '微信转账没有结果', series: { [`shenhuan_payout_oldest_seconds{${one}}`]: '270000+60x180' } },
  {
    alert: '奖励对账不符',
    series: {
      [`shenhuan_reconciliation_open{${one}}`]: '2x80',
      [`shenhuan_backup_timestamp_seconds{${one}}`]: '0+1800x80',
      [`shenhuan_digest_timestamp_seconds{${one}}`]: '0+1800x80',
    },
    at: 26 * 60,
    step: 30,
  },
  { alert: '时钟被调过', series: { [`shenhuan_clock_set_seconds{${one}}`]: '-3600x180' } },
  { alert: '全部停止', series: { [`up{${one}}`]: '', [`up{${other}}`]: '' } },
  { alert: '备份太旧', series: { [`shenhuan_digest_timestamp_seconds{${one}}`]: '0+1800x180' }, at: 40 * 60, step: 30 },
  {
    alert: '没有备份',
    series: {
      [`shenhuan_backup_timestamp_seconds{${one}}`]: '',
      [`shenhuan_digest_timestamp_seconds{${one}}`]: '0+1800x180',
    },
    at: 40 * 60,
    step: 30,
  },
  {
    alert: '留痕没有封存',
    series: { [`shenhuan_backup_timestamp_seconds{${one}}`]: '0+1800x180' },
    at: 40 * 60,
    step: 30,
  },
  {
    alert: '明年的放假安排没有导入',
    series: {
      [`shenhuan_backup_timestamp_seconds{${one}}`]: '0+14400x2200',
      [`shenhuan_digest_timestamp_seconds{${one}}`]: '0+14400x2200',
      [`shenhuan_calendar_announced{${one},year="1971"}`]: '0x2200',
      [`up{${one}}`]: '1x2200',
      [`up{${other}}`]: '1x2200',
    },
    at: december,
    step: 240,
  },
]

describe('alerts', function () {
  this.timeout(120_000)
  let folder: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'shenhuan-alerts-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  const promtool = (...given: string[]) => {
    const { status, stdout, stderr, error } = spawnSync('promtool', given, { encoding: 'utf8' })
    if (error) throw error
    return { status, said: stdout + stderr }
  }

  it('are rules that Prometheus takes, and so is the example of what to ask', () => {
    const rules = promtool('check', 'rules', '--lint-fatal', ALERTS)
    assert.equal(rules.status, 0, rules.said)
    const scrape = promtool('check', 'config', '--syntax-only', deploy('prometheus-scrape.yml'))
    assert.equal(scrape.status, 0, scrape.said)
  })

  it('each has a trial', () => {
    const names = [...readFileSync(ALERTS, 'utf8').matchAll(/^ +- alert: (.+)$/gm)].map(([, name]) => name)
    assert.deepEqual(
      names.filter((name) => !trials.some(({ alert }) => alert === name)),
      [],
    )
  })

  for (const trial of [{ alert: undefined, series: {} }, ...trials] satisfies (Omit<Trial, 'alert'> & {
    alert?: string
  })[]) {
    it(trial.alert === undefined ? 'none fires on a quiet day' : `${trial.alert} fires, and no other`, () => {
      const { at = 120, step = 1, series } = trial as Trial
      const input = Object.entries({ ...quiet, ...series }).filter(([, values]) => values !== '')
      const file = join(folder, 'trial.yml')
      const text = {
        rule_files: [ALERTS],
        evaluation_interval: `${step}m`,
        tests: [
          {
            interval: `${step}m`,
            input_series: input.map(([name, values]) => ({ series: name, values })),
            promql_expr_test: [
              {
                expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
                eval_time: `${at}m`,
                exp_samples: trial.alert === undefined ? [] : [{ labels: `{alertname="${trial.alert}"}`, value: 1 }],
              },
            ],
          },
        ],
      }
      writeFileSync(file, JSON.stringify(text))
      const { status, said } = promtool('test', 'rules', file)
      assert.equal(status, 0, said)
    })
  }

  for (const database of databaseNames) {
    it(`ask for figures that the service on ${database} tells, by names that Prometheus likes`, async () => {
      const port = await freePort()
      const w = await world(database, { env: { METRICS_PORT: String(port) } })
      let told: string
      try {
        await w.as('somebody')
        told = (await axios.get<string>(`http://127.0.0.1:${port}/metrics`, { proxy: false })).data
      } finally {
        await w.stop()
      }
      const asked = new Set(readFileSync(ALERTS, 'utf8').match(/\b(?:shenhuan|nodejs)_\w+/g))
      const names = new Set([...told.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? ''))
      // No connections to a server, and before the first night no backup and no seal.
      const only = database === 'embedded' ? ['shenhuan_database_connections'] : []
      const missing = [...asked].filter((name) => !names.has(name.replace(/_(bucket|count|sum)$/, '')))
      assert.deepEqual(missing, only)
      const lint = spawnSync('promtool', ['check', 'metrics'], { input: told, encoding: 'utf8' })
      assert.deepEqual(
        (lint.stdout + lint.stderr).split('\n').filter((line) => line.startsWith('shenhuan_')),
        [],
      )
    })
  }
})
