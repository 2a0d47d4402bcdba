# Read by Odoo's own shell, once, in the database that each run begins with a copy of.

# Nothing is asked of anybody elsewhere: a run says where its server is.
for name in (
    'enrich.endpoint',
    'iap.endpoint',
    'iap.partner_autocomplete.endpoint',
    'reveal.endpoint',
    'sms.endpoint',
    'snailmail.endpoint',
):
    env['ir.config_parameter'].set_param(name, 'http://127.0.0.1:9')

# Scripts and styles are put together at the first look at a page, which takes a while.
env['ir.qweb']._pregenerate_assets_bundles()
env.cr.commit()
