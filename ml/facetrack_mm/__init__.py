"""A video model that also looks at the followed main face: VideoLLaMA2 and FaceXFormer joined."""
