import type { ServerUnaryCall, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { MAX_LOGIN, type UserDetails, type UserRefusal } from './access/users.js';
import { accessDenied, refusal, refusalOf } from './errors.js';
import type { Node, Service } from './service.js';
import { UsersService, userMessages } from './stubs.js';

type WithLogin = { getLoginName(): string };
type Request<Options> = { getOptions(): Options | undefined };
type Account = WithLogin & { getPassword(): string; getFullName(): string; getGroupsList(): string[] };
type Passwords = WithLogin & { getCurrentPassword(): string; getNewPassword(): string };

/** The users of the node. Who may ask for what is not decided here, but by the guard. */
export function usersService({ users }: Node): Service {
  const { CreateResp, UpdateResp, DeleteResp, EnableResp, DisableResp } = userMessages;
  const { ChangePasswordResp, ResetPasswordResp } = userMessages;
  const handlers = {
    create: answering(CreateResp, (options: Account) =>
      users.create({
        loginName: options.getLoginName(),
        fullName: options.getFullName(),
        groups: options.getGroupsList(),
        password: options.getPassword(),
      }),
    ),
    update: answering(UpdateResp, (options: Account) =>
      users.update(options.getLoginName(), {
        fullName: options.getFullName(),
        groups: options.getGroupsList(),
      }),
    ),
    delete: answering(DeleteResp, (options: WithLogin) => users.delete(options.getLoginName())),
    enable: answering(EnableResp, (options: WithLogin) => users.enable(options.getLoginName())),
    disable: answering(DisableResp, (options: WithLogin) => users.disable(options.getLoginName())),
    resetPassword: answering(ResetPasswordResp, (options: Passwords) =>
      users.resetPassword(options.getLoginName(), options.getNewPassword()),
    ),
    changePassword: answering(ChangePasswordResp, (options: Passwords) =>
      users.changePassword(options.getLoginName(), options.getCurrentPassword(), options.getNewPassword()),
    ),
    details: details(users),
  };
  return { definition: UsersService, handlers };
}

/** A method that changes one user. */
const answering =
  <Options extends WithLogin>(
    Response: new () => unknown,
    change: (options: Options) => Promise<UserRefusal | undefined>,
  ) =>
  async (call: ServerUnaryCall<Request<Options>, unknown>, answer: sendUnaryData<unknown>): Promise<void> => {
    try {
      const options = call.request.getOptions();
      const login = options?.getLoginName() ?? '';
      if (options === undefined || login === '') throw invalid('the login name is missing');
      if (login.length > MAX_LOGIN) throw invalid(`a login name must have at most ${MAX_LOGIN} characters`);
      if (/[:\s]/.test(login)) throw invalid('a login name must have no colon and no space');
      const refused = await change(options);
      if (refused !== undefined) throw refusalFor(refused, login);
      answer(null, new Response());
    } catch (error) {
      answer(refusalOf(error));
    }
  };

/** Of one user, or of all where none is named. */
const details =
  (users: Node['users']) =>
  (call: ServerWritableStream<Request<WithLogin>, unknown>): void => {
    try {
      const login = call.request.getOptions()?.getLoginName().trim() ?? '';
      const found = login === '' ? users.all() : users.details(login);
      if (found === undefined) throw refusalFor('not_found', login);
      for (const user of Array.isArray(found) ? found : [found]) call.write(detailsMessage(user));
      call.end();
    } catch (error) {
      call.emit('error', refusalOf(error));
    }
  };

function detailsMessage(user: UserDetails) {
  const { DetailsResp } = userMessages;
  const message = new DetailsResp.UserDetails();
  message.setLoginName(user.loginName).setFullName(user.fullName);
  message.setGroupsList(user.groups).setDisabled(user.disabled);
  // Ticks of 100 ns since the epoch.
  message.setLastUpdated(new DetailsResp.UserDetails.DateTime().setTicksSinceEpoch(`${user.updated}0000`));
  return new DetailsResp().setUserDetails(message);
}

const invalid = (message: string) => refusal(status.INVALID_ARGUMENT, message);

function refusalFor(why: UserRefusal, login: string) {
  if (why === 'denied') return accessDenied();
  const trailers = {
    exception: why === 'conflict' ? 'user-conflict' : 'user-not-found',
    'login-name': login,
  };
  if (why === 'conflict') return refusal(status.FAILED_PRECONDITION, 'Conflict.', trailers);
  return refusal(status.NOT_FOUND, `User '${login}' is not found.`, trailers);
}
