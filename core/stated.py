"""Fields that hold what people state or write, by kind of record: what core.retention erases together."""

#: What an organisation is called by, and what it says of itself.
HOLDER = ("name_kk", "name_ru", "name_en", "identifier", "address", "commercial_name", "website")

#: What a request about a licence states.
CHANGES = ("name_kk", "name_ru", "name_en", "address", "corrections", "text")

#: What a filing for the accreditation of a pool states.
POOL = ("pool_name", "website", "equipment_address", "equipment", "assets", "protocols")

#: What a filing of an operator of the National Bank states: among it who owns and who leads the firm.
OPERATOR = ("website", "settles_with", "owners", "executives")

#: What a filing for a mining licence states.
MINING = ("centre_name", "centre_address", "centre_owner", "electricity_contract", "equipment", "pools", "ip_addresses")

#: What the operator of a platform states of an issue.
ISSUE = (
    *("name", "issuer_name", "issuer_number", "issuer_residence", "initiator_name", "initiator_number", "decision"),
    *("underlying_text", "keeper_name", "keeper_number", "keeper_residence", "checked_by", "currency"),
    *("ending_reason", "search"),
)

#: What is written of an inspection.
INSPECTION = (
    *("ground_text", "urgent_reason", "subject_matter", "experts", "findings", "instructions", "closing", "ending"),
)

#: Where a digital asset lives.
NETWORK = ("network", "contract")

#: What a signature says of who signed; those of authorities themselves are kept with what they sign.
SIGNATURES = ("signer", "iin", "bin", "cms", "content")
