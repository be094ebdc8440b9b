import { strict as assert } from 'node:assert'
import { BadDatabaseUrl, parseAddress } from '../../src/database/address.js'

describe('DATABASE_URL', () => {
  it('names one host or several, in order of preference', () => {
    assert.deepEqual(parseAddress('mysql://u:p@db1:3307,db2,[::1]:3308/shenhuan'), {
      user: 'u',
      password: 'p',
      database: 'shenhuan',
      hosts: [
        { host: 'db1', port: 3307 },
        { host: 'db2', port: 3306 },
        { host: '::1', port: 3308 },
      ],
    })
  })

  it('takes a password with any characters, percent-encoded or not', () => {
    assert.equal(parseAddress('mariadb://u:a%40b%3A%2F@h/d').password, 'a@b:/')
    assert.equal(parseAddress('mariadb://u:a@b:c@h/d').password, 'a@b:c')
    assert.equal(parseAddress('mariadb://u@h/d').password, '')
  })

  it('is refused when it is wrong, without repeating the password', () => {
    for (const url of [
      'postgres://u:secret@h/d',
      'mysql://u:secret@h',
      'mysql://u:secret@h:0/d',
      'mysql://u:secret@/d',
      'mysql://u:secret%zz@h/d',
    ]) {
      assert.throws(
        () => parseAddress(url),
        (error: Error) => error instanceof BadDatabaseUrl && !error.message.includes('secret'),
        url,
      )
    }
  })
})
