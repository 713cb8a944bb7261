/**
 * GitLab's Code Quality report, as its documentation has it ("Code Quality report format"), and its
 * parser asks for.
 */
export const gitlabSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    additionalProperties: false,
    properties: {
      description: {type: 'string', minLength: 1},
      check_name: {type: 'string', minLength: 1},
      fingerprint: {type: 'string', pattern: '^[0-9a-f]{32}$'},
      severity: {enum: ['info', 'minor', 'major', 'critical', 'blocker']},
      location: {
        type: 'object',
        required: ['path', 'lines'],
        additionalProperties: false,
        properties: {
          path: {type: 'string', not: {pattern: '^(?:\\./|/(?!$))'}},
          lines: {
            type: 'object',
            required: ['begin'],
            additionalProperties: false,
            properties: {begin: {type: 'integer', minimum: 1}, end: {type: 'integer', minimum: 1}},
          },
        },
      },
    },
  },
} as const

const position = {
  type: 'object',
  required: ['line'],
  additionalProperties: false,
  properties: {line: {type: 'integer', minimum: 1}, column: {type: 'integer', minimum: 1}},
} as const

const range = {
  type: 'object',
  required: ['start'],
  additionalProperties: false,
  properties: {start: position, end: position},
} as const

/**
 * reviewdog's Diagnostic Format (proto/rdf/reviewdog.proto, `DiagnosticResult`), stricter: nothing
 * that it does not name.
 */
export const rdjsonSchema = {
  type: 'object',
  required: ['source', 'diagnostics'],
  additionalProperties: false,
  properties: {
    source: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {name: {type: 'string'}, url: {type: 'string'}},
    },
    diagnostics: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message', 'location', 'severity'],
        additionalProperties: false,
        properties: {
          message: {type: 'string'},
          location: {
            type: 'object',
            required: ['path'],
            additionalProperties: false,
            properties: {path: {type: 'string'}, range},
          },
          severity: {enum: ['UNKNOWN_SEVERITY', 'ERROR', 'WARNING', 'INFO']},
          code: {
            type: 'object',
            required: ['value'],
            additionalProperties: false,
            properties: {value: {type: 'string'}, url: {type: 'string'}},
          },
          suggestions: {
            type: 'array',
            items: {
              type: 'object',
              required: ['range', 'text'],
              additionalProperties: false,
              properties: {range, text: {type: 'string'}},
            },
          },
        },
      },
    },
  },
} as const

/** What `--statistics --format json` prints. */
export const statisticsSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['ruleId', 'severity', 'count', 'fixable', 'unsafelyFixable'],
    additionalProperties: false,
    properties: {
      ruleId: {type: ['string', 'null']},
      severity: {enum: [0, 1, 2]},
      count: {type: 'integer', minimum: 1},
      fixable: {type: 'integer', minimum: 0},
      unsafelyFixable: {type: 'integer', minimum: 0},
    },
  },
} as const
