"""A mail server for tests: listens on a free port, keeps nothing, and tells what it was given.

The first line on standard output is the port. Then comes a line for each mail that was taken: a JSON
object with the sender, the recipients, the mail, and whether it came encrypted. What is answered
depends on the recipient:

    later@…    451 at RCPT, a passing refusal
    nobody@…   550 at RCPT, a final refusal
    full@…     552 at DATA, a final refusal
    slow@…     taken after two seconds

With the argument "password", only those are let in who know one, and nobody does. With "tls" and the
files of a certificate and its key, all is encrypted; with "starttls" and those, mails are taken only
after encryption has begun. Ends when standard input ends.
"""

import asyncio
import json
import logging
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


class Catcher:
    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = {
            "later": "451 4.7.1 Greylisted, come again",
            "nobody": "550 5.1.1 No such user here",
        }.get(address.split("@")[0])
        if answer is None:
            envelope.rcpt_tos.append(address)
            return "250 OK"
        return answer

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "full":
            return "552 5.2.2 The mailbox\r\nis full"
        if name == "slow":
            await asyncio.sleep(2)
        caught = {
            "hello": session.host_name,
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "mail": envelope.content.decode("ascii"),
            "encrypted": server.transport.get_extra_info("ssl_object") is not None,
        }
        print(json.dumps(caught), flush=True)
        return "250 OK"


def refuse(server, session, envelope, mechanism, data):
    return AuthResult(success=False, handled=False)


async def main():
    # It warns of asking for a password without TLS, which a test may do.
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    settings, tls = {}, None
    match sys.argv[1:]:
        case ["password"]:
            settings = {"authenticator": refuse, "auth_require_tls": False, "auth_required": True}
        case ["tls" | "starttls" as way, certificate, key]:
            tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            tls.load_cert_chain(certificate, key)
            if way == "starttls":
                settings, tls = {"tls_context": tls, "require_starttls": True}, None
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Catcher(), hostname="catcher.example.com", **settings),
        "127.0.0.1",
        0,
        ssl=tls,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
