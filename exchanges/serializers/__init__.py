"""The shapes of exchanges in the API and on the officer's page."""

from exchanges.serializers.aifc import (
    AifcProviderParticularsSerializer,
    FacilityParticularsSerializer,
    IndividualsSerializer,
)
from exchanges.serializers.operators import OperatorParticularsSerializer, OperatorPeopleSerializer
from exchanges.serializers.regime import RegimeParticularsSerializer
from exchanges.serializers.sales import (
    ListedExchangeSerializer,
    NewSaleReportSerializer,
    SaleCorrectionSerializer,
    SaleReportFileSerializer,
    SaleReportLineSerializer,
    SaleReportSerializer,
)
from exchanges.serializers.secured import SecuredParticularsSerializer

__all__ = [
    "AifcProviderParticularsSerializer",
    "FacilityParticularsSerializer",
    "IndividualsSerializer",
    "ListedExchangeSerializer",
    "NewSaleReportSerializer",
    "OperatorParticularsSerializer",
    "OperatorPeopleSerializer",
    "RegimeParticularsSerializer",
    "SaleCorrectionSerializer",
    "SaleReportFileSerializer",
    "SaleReportLineSerializer",
    "SaleReportSerializer",
    "SecuredParticularsSerializer",
]
