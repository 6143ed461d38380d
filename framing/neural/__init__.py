"""Encoders: ONNX for scoring, torch for training."""
