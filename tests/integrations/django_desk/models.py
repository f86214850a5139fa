"""What a Django project with our documents may have in its database."""

from django.db import models

from wtisd_model import Event, Registration
from wtisd_model.integrations.django import DocumentField


class Meeting(models.Model):
    """The event whose row is locked while a registration comes in."""

    event = DocumentField(Event)

    def __str__(self) -> str:
        return f"event {self.pk}"


class Row(models.Model):
    """A registration as it is stored, and perhaps its event."""

    registration = DocumentField(Registration, verbose_name="what was sent")
    event = DocumentField(Event, null=True, blank=True)

    def __str__(self) -> str:
        return f"registration {self.pk}"
