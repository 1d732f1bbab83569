from tests.integrations.video.coturn import coturn

__all__ = ["coturn"]
