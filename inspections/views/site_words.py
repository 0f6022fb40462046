"""What the script of the page for the site says, in the language of the page."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    return {
        "waiting": _("waits on this device"),
        "sent": _("sent"),
        "nothing": _("Everything is sent."),
        "counts": _("On this device wait entries: {entries}, photographs: {photos}."),
        "offline": _("No network. Entries are kept on this device and are sent by themselves later."),
        "login": _("You are no longer signed in. Nothing is lost: sign in again, and what waits is sent."),
        "other": _("Entries of another person wait on this device. They are sent when that person signs in."),
        "ended": _("It is no longer under way, or you are not on the team: what waits here was not taken."),
        "kept": _("This page is kept on the device: it opens without network."),
        "large": _("{name} is larger than {limit} MB and is not taken. Choose a smaller picture."),
        "type": _("{name} is no JPEG or PNG. Set the camera to JPEG (iPhone: Most Compatible) and take it again."),
        "full": _("The device has no room left. Free some, then enter it again."),
        "clock": _("The clock of this device is off by {minutes} min. The moment of the server counts."),
        "refused": _("Not taken: {why}"),
        "drop": _("Remove it"),
        "failed": _("The server did not take it now. It stays here and is tried again."),
    }
