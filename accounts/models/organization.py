"""The tree of organizations: the Department, its components, their offices."""

from __future__ import annotations

from django.db import models


class Organization(models.Model):
    """A component or office; `path` names its place in the tree, from the top down."""

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=160)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    #: "/HS/HSBD/HSBD-03/": a subtree is one prefix query.
    path = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.path = f"{self.parent.path if self.parent else '/'}{self.code}/"
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def holds(self, other: Organization) -> bool:
        """Whether `other` is this organization or lies under it."""
        return other.path.startswith(self.path)
