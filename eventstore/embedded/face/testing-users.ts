import usersGrpc from '@eventstore/db-client/generated/users_grpc_pb.js';
import { credentials as channel, Metadata } from '@grpc/grpc-js';
import { userMessages } from './stubs.js';
import type { SecureBench } from './testing.js';

/** The generated client of the users service, in somebody's name: the official one leaves users out. */
export function userOperations({ face, tls }: Pick<SecureBench, 'face' | 'tls'>, as: string) {
  const client = new usersGrpc.UsersClient(`localhost:${face.port}`, channel.createSsl(tls.cert));
  const metadata = new Metadata();
  metadata.set('authorization', `Basic ${Buffer.from(as).toString('base64')}`);
  const messages = userMessages;
  const call = (method: string, request: unknown) =>
    new Promise<void>((resolve, reject) => {
      const untyped = client as unknown as Record<string, (...given: unknown[]) => void>;
      untyped[method]!(request, metadata, (error: unknown) => (error ? reject(error) : resolve()));
    });
  const named = (method: 'delete' | 'enable' | 'disable', login: string) => {
    const Request = { delete: messages.DeleteReq, enable: messages.EnableReq, disable: messages.DisableReq }[
      method
    ];
    return call(method, new Request().setOptions(new Request.Options().setLoginName(login)));
  };
  return {
    create(login: string, password: string, groups: string[] = []) {
      const options = new messages.CreateReq.Options().setLoginName(login).setPassword(password);
      options.setFullName(`${login} by name`).setGroupsList(groups);
      return call('create', new messages.CreateReq().setOptions(options));
    },
    update(login: string, fullName: string, groups: string[]) {
      const options = new messages.UpdateReq.Options().setLoginName(login).setFullName(fullName);
      return call('update', new messages.UpdateReq().setOptions(options.setGroupsList(groups)));
    },
    delete: (login: string) => named('delete', login),
    enable: (login: string) => named('enable', login),
    disable: (login: string) => named('disable', login),
    changePassword(login: string, current: string, password: string) {
      const options = new messages.ChangePasswordReq.Options().setLoginName(login);
      options.setCurrentPassword(current).setNewPassword(password);
      return call('changePassword', new messages.ChangePasswordReq().setOptions(options));
    },
    resetPassword(login: string, password: string) {
      const options = new messages.ResetPasswordReq.Options().setLoginName(login).setNewPassword(password);
      return call('resetPassword', new messages.ResetPasswordReq().setOptions(options));
    },
    async details(login = '') {
      const options = new messages.DetailsReq.Options().setLoginName(login);
      const found = [];
      for await (const answer of client.details(new messages.DetailsReq().setOptions(options), metadata))
        found.push((answer as InstanceType<typeof messages.DetailsResp>).getUserDetails()!.toObject());
      return found;
    },
    close: () => client.close(),
  };
}
