import {ErrorCodes, ResponseError} from 'vscode-languageserver'
import type {CancellationToken} from 'vscode-languageserver'
import {messageOf} from '../rule/thrown.ts'

/** Work on an answer; what fails is told to the client, and the server goes on. */
export function guarded<Params, Answer>(
  work: (params: Params, token: CancellationToken) => Promise<Answer> | Answer,
): (params: Params, token: CancellationToken) => Promise<Answer | ResponseError> {
  return async (params, token) => {
    try {
      return await work(params, token)
    } catch (error) {
      if (error instanceof ResponseError) return error
      return new ResponseError(ErrorCodes.InternalError, `A fault of unitlint: ${messageOf(error)}`)
    }
  }
}
