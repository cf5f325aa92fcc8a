"""Azure AI Vision's client."""

import base64

import worker
from azure.ai.vision.imageanalysis import ImageAnalysisClient
from azure.ai.vision.imageanalysis.models import VisualFeatures
from azure.core.credentials import AzureKeyCredential


def caption(ask):
    client = ImageAnalysisClient(endpoint=ask["base"], credential=AzureKeyCredential(ask["key"]))
    wanted = [VisualFeatures.CAPTION, VisualFeatures.READ]
    reply = client.analyze(image_data=base64.b64decode(ask["picture"]), visual_features=wanted)
    lines = [line.text for block in reply.read.blocks for line in block.lines] if reply.read else None
    return {"text": reply.caption.text, "confidence": reply.caption.confidence, "lines": lines}


worker.serve({"caption": caption})
