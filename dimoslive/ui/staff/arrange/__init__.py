"""Booking for somebody, moving, handing over."""
