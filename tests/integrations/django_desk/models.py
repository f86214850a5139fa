"""What a Django project with our documents may have in its database."""

from django.db import models

from wtisd_model.integrations.django import DocumentField
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration


class Row(models.Model):
    """A registration as it is stored, and perhaps its event."""

    registration = DocumentField(Registration, verbose_name="what was sent")
    event = DocumentField(Event, null=True, blank=True)

    def __str__(self) -> str:
        return f"registration {self.pk}"
